// SPDX-License-Identifier: Apache-2.0
#include "cli/schedule_options.hpp"

#include <boost/program_options/value_semantic.hpp>
#include <chrono>
#include <ctime>
#include <filesystem>

#include "record/zone.hpp"

namespace sluice::cli {
namespace {

namespace po = boost::program_options;
using boost::system::in_place_error;
using std::chrono::sys_seconds;
template <class T>
using Result = boost::system::result<T, std::string>;

// What the clock on the wall shows there; the machine's zone when none is named.
Result<sys_seconds> wall_clock(const std::string& zone_name) {
  const std::time_t now = std::time(nullptr);
  if (zone_name.empty()) {
    std::tm local{};
    ::localtime_r(&now, &local);
    return sys_seconds(std::chrono::seconds(now + local.tm_gmtoff));
  }
  auto zone = record::Zone::find(zone_name);
  if (!zone) return {in_place_error, "--timezone: " + zone.error()};
  return sys_seconds(std::chrono::seconds(now + zone->span_at(now).offset));
}

bool is_time_of_day(const std::string& text) { return text.size() <= 8 && text.find(':') != std::string::npos; }

std::string name_of(const std::string& job_file) {
  return job_file == "-" ? "stdin" : std::filesystem::path(job_file).stem().string();
}

}  // namespace

void ScheduleOptions::add_to(Arguments& arguments) {
  arguments.add()("param,p", po::value(&assignments_)->value_name("NAME=EXPR"),
                  "a scheduling parameter, such as dt=$[yyyymmdd-1]: replaces ${NAME} in the script; may be repeated")(
      "params-file", po::value(&file_)->value_name("FILE"), "more of them, NAME=EXPR a line; -p stands above it")(
      "cyctime", po::value(&cycle_time_)->value_name("TIME"),
      "when the run was planned, such as 2025-11-01T02:30:45, or 02:30 of the day (default: now)")(
      "bizdate", po::value(&business_date_)->value_name("DATE"),
      "the business date, such as 20251031 (default: the day before --cyctime); the planned day is the one after it")(
      "timezone", po::value(&time_zone_)->value_name("ZONE"),
      "where it is now, such as Europe/Berlin (default: the machine's zone)");
}

bool ScheduleOptions::is_day_free() const { return cycle_time_.empty() || is_time_of_day(cycle_time_); }

Result<std::optional<job::ScheduleTime>> ScheduleOptions::asked_time(
    std::optional<std::chrono::sys_days> business_date) const {
  const auto now = wall_clock(time_zone_);
  if (!now) return {in_place_error, now.error()};
  if (cycle_time_.empty() && business_date_.empty() && !business_date) return std::optional<job::ScheduleTime>();
  auto today = std::chrono::floor<std::chrono::days>(*now);
  if (!business_date && !business_date_.empty()) {
    auto date = job::parse_business_date(business_date_);
    if (!date) return {in_place_error, "--bizdate: " + date.error()};
    business_date = *date;
  }
  if (business_date) today = *business_date + std::chrono::days(1);
  const bool day_missing = is_time_of_day(cycle_time_);
  auto time = cycle_time_.empty() ? Result<sys_seconds>(today)
                                  : job::parse_cycle_time(day_missing ? "2000-01-01T" + cycle_time_ : cycle_time_);
  if (!time)
    return {in_place_error, day_missing ? "--cyctime: not a time of day: " + cycle_time_ + " (such as 02:30)"
                                        : "--cyctime: " + time.error()};
  if (day_missing) *time = today + (*time - std::chrono::floor<std::chrono::days>(*time));
  job::ScheduleTime result = job::scheduled_at(*time);
  if (business_date && result.business_date != *business_date)
    return {in_place_error,
            "--bizdate and --cyctime contradict each other: the planned day is the one after the "
            "business date (--cyctime takes a time alone, such as 02:30)"};
  return std::optional(std::move(result));
}

std::string ScheduleOptions::problem() const {
  const auto time = asked_time({});
  return time ? std::string() : time.error();
}

Result<std::string> ScheduleOptions::expanded(const std::string& text) const {
  if (text.find("${") == std::string::npos) return {boost::system::in_place_value, text};
  job::Problems problems;
  job::SchedulingValues known = values("-", "", {}, problems);
  std::string result = known.substitute(text, "", job::Document(), problems);
  if (problems.has_errors()) return {in_place_error, problems.sorted().front().text};
  return {boost::system::in_place_value, std::move(result)};
}

job::SchedulingValues ScheduleOptions::values(const std::string& job_file, const std::string& run,
                                              const KnownSchedule& known, job::Problems& problems) const {
  const job::FirstValues* first = known.first;
  const auto asked = asked_time(known.business_date);
  job::ScheduleTime time = asked && *asked    ? **asked
                           : first != nullptr ? first->time
                                              : job::scheduled_at(*wall_clock(time_zone_));
  time.job_id = time.node_id = name_of(job_file);
  time.task_id = run;
  job::SchedulingValues values(std::move(time));
  if (first != nullptr) values.restore(*first);
  if (!file_.empty()) values.declare_file(file_, problems);
  for (const std::string& assignment : assignments_) {
    if (auto declared = values.declare(assignment); !declared) problems.add({.text = declared.error(), .source = "-p"});
  }
  return values;
}

}  // namespace sluice::cli
