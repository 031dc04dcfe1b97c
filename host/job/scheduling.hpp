// SPDX-License-Identifier: Apache-2.0
//
// Scheduling parameters: `dt=$[yyyymmdd-1]` is declared beside the job, `${dt}` inside a string of the script is
// replaced by its value, after parsing, so that a value can never change the script's structure.
#pragma once

#include <boost/system/result.hpp>
#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "job/document.hpp"
#include "job/problem.hpp"

namespace sluice::job {

// Wall-clock times, as planned.
struct ScheduleTime {
  std::chrono::year_month_day business_date;  // the day before the scheduled day
  std::chrono::sys_seconds cycle_time;        // the planned run time (no zone is applied)
  std::string job_id;                         // $jobid
  std::string node_id;
  std::string task_id;
};

// The value of one expression: "${yyyymmdd-1}", "$[hh24]", "$bizdate", "'abc'", "${yyyymm}01", "plain".
boost::system::result<std::string, std::string> evaluate(std::string_view expression, const ScheduleTime& time);

struct SchedulingParameter {
  std::string name;
  std::string expression;
  std::string value;
  bool used = false;
};

// The names that a script may use, with their values. Not thread-safe: lint marks what is used.
class SchedulingValues {
 public:
  explicit SchedulingValues(ScheduleTime time) : time_(std::move(time)) {}

  // "name=expression". The error says what is wrong with it. A later declaration of a name replaces the earlier.
  boost::system::result<void, std::string> declare(std::string_view assignment);
  boost::system::result<void, std::string> declare(std::string_view name, std::string_view expression);

  // The text with every ${name} replaced; unknown names are problems at their place.
  std::string substitute(std::string_view text, const std::string& path, const Document& document, Problems& problems);

  const ScheduleTime& time() const { return time_; }
  // As declared, in the order of declaration.
  const std::vector<SchedulingParameter>& declared() const { return declared_; }
  // Warnings about what was declared and never used, and about the midnight trap. Call it after all substitution.
  void report_leftovers(Problems& problems) const;

 private:
  ScheduleTime time_;
  std::vector<SchedulingParameter> declared_;
};

}  // namespace sluice::job
