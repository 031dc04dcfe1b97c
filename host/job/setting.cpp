// SPDX-License-Identifier: Apache-2.0
#include "job/setting.hpp"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <exception>

#include "job/path.hpp"
#include "job/suggest.hpp"

namespace sluice::job {
namespace {

using boost::json::value;

constexpr std::uint32_t least_distributed = 8;

// The linted value at "speed.mbps"; null when it is not set.
const value* at(const boost::json::object& values, std::string_view path) {
  const boost::json::object* object = &values;
  while (true) {
    std::size_t dot = path.find('.');
    const value* found = object->if_contains(path.substr(0, dot));
    if (found == nullptr || dot == std::string_view::npos) return found;
    object = found->if_object();
    if (object == nullptr) return nullptr;
    path.remove_prefix(dot + 1);
  }
}

std::optional<std::int64_t> integer(const boost::json::object& values, std::string_view path) {
  const value* found = at(values, path);
  return found == nullptr ? std::nullopt : std::optional(found->get_int64());
}

std::optional<double> number(const boost::json::object& values, std::string_view path) {
  const value* found = at(values, path);
  return found == nullptr ? std::nullopt : std::optional(found->to_number<double>());
}

bool boolean(const boost::json::object& values, std::string_view path) {
  const value* found = at(values, path);
  return found != nullptr && found->get_bool();
}

std::string string(const boost::json::object& values, std::string_view path) {
  const value* found = at(values, path);
  return found == nullptr ? std::string() : std::string(found->get_string());
}

// The rules that tie one key of `setting` to another.
class Reading {
 public:
  Reading(const boost::json::object& given, const Document& document, Problems& problems, LintRules rules)
      : document_(document),
        problems_(problems),
        given_(given),
        values_(Lint(document, problems, rules).object(given, setting_table(), "setting")) {}

  Setting run() {
    speed();
    error_limit();
    execute_mode();
    time_zone();
    setting_.memory = static_cast<std::uint64_t>(integer(values_, "memory").value_or(std::int64_t{256} << 20));
    delivery();
    retry();
    if (auto timeout = integer(values_, "callTimeout")) setting_.call_timeout = std::chrono::milliseconds(*timeout);
    setting_.isolate = boolean(values_, "isolate");
    return setting_;
  }

 private:
  void speed() {
    setting_.concurrent = static_cast<std::uint32_t>(integer(values_, "speed.concurrent").value_or(1));
    std::optional<double> mbps = number(values_, "speed.mbps");
    std::optional<std::int64_t> records = integer(values_, "speed.recordsPerSecond");
    if (boolean(values_, "speed.throttle")) {
      setting_.mbps = mbps;
      if (records) setting_.records_per_second = static_cast<std::uint64_t>(*records);
      bool said = given("speed.mbps") || given("speed.recordsPerSecond");
      if (!said) error("speed.mbps", "required when speed.throttle is true", "the most MB a second, such as 10");
      return;
    }
    const char* advice = "set speed.throttle to true";
    if (mbps) warning("speed.mbps", "without effect while speed.throttle is false", advice);
    if (records) warning("speed.recordsPerSecond", "without effect while speed.throttle is false", advice);
  }

  void error_limit() {
    std::optional<std::int64_t> record = integer(values_, "errorLimit.record");
    std::string strategy = string(values_, "errorLimit.strategy");
    setting_.error_limit.percentage = number(values_, "errorLimit.percentage");
    if (record) setting_.error_limit.record = static_cast<std::uint64_t>(*record);
    if (strategy == "ZeroTolerance") setting_.error_limit.record = 0;
    bool contradiction = (strategy == "Ignore" && record) || (strategy == "ZeroTolerance" && record.value_or(0) > 0);
    if (contradiction) {
      error("errorLimit.strategy", "contradicts errorLimit.record: " + strategy + " and " + std::to_string(*record),
            "remove one of the two");
    }
    bool limited = record || setting_.error_limit.percentage || given("errorLimit.record");
    if (strategy == "Tolerance" && !limited) {
      error("errorLimit.record", "required when errorLimit.strategy is Tolerance", "how many dirty records to bear");
    } else if (!limited && !given("errorLimit.strategy") && !given("errorLimit.percentage")) {
      warning("errorLimit.record", "not set, so any number of dirty records is borne",
              "set it to 0 to stop at the first one");
    }
  }

  void execute_mode() {
    setting_.distribute = string(values_, "executeMode") == "distribute";
    if (!setting_.distribute) return;
    if (setting_.concurrent < least_distributed) {
      error("executeMode",
            "distribute needs speed.concurrent to be 8 or more, got " + std::to_string(setting_.concurrent),
            "raise speed.concurrent or remove executeMode");
    } else {
      warning("executeMode", "distribute runs on this machine alone", "there is no cluster to run on yet");
    }
  }

  void time_zone() {
    constexpr const char* path = "common.column.timeZone";
    setting_.time_zone = string(values_, path);
    if (setting_.time_zone.empty()) return;
    try {
      date::locate_zone(setting_.time_zone);
    } catch (const std::exception&) {
      std::vector<std::string> names;
      try {
        for (const auto& zone : date::get_tzdb().zones) names.push_back(zone.name());
      } catch (const std::exception&) {
        return error(path, "the time zones of this machine cannot be read", "install tzdata");
      }
      // "GMT+8" is near "GMT+0", which is not what was meant.
      bool place = setting_.time_zone.find('/') != std::string::npos;
      std::string advice = place ? did_you_mean(setting_.time_zone, names) : std::string();
      error(path, "no such time zone: " + setting_.time_zone,
            advice.empty() ? "a name such as Europe/Berlin, Asia/Shanghai, UTC, or Etc/GMT-8 for UTC+8" : advice);
    }
  }

  void delivery() {
    std::string word = string(values_, "delivery");
    if (word == "exactly-once") setting_.delivery = SLUICE_EXACTLY_ONCE;
    if (word == "at-least-once") setting_.delivery = SLUICE_AT_LEAST_ONCE;
  }

  void retry() {
    if (auto times = integer(values_, "retry.times")) setting_.retry.times = static_cast<std::uint32_t>(*times);
    if (auto wait = integer(values_, "retry.interval")) setting_.retry.interval = std::chrono::milliseconds(*wait);
    if (auto factor = number(values_, "retry.backoff")) setting_.retry.backoff = *factor;
  }

  // Whether the script says anything there; it may have been wrong, which is a problem of its own already.
  bool given(std::string_view path) const {
    const value* found = at(given_, path);
    return found != nullptr && !found->is_null() && !(found->is_string() && found->get_string().empty());
  }

  void error(std::string_view path, std::string text, std::string advice) {
    report_value(document_, problems_, Severity::error, "setting." + std::string(path), std::move(text),
                 std::move(advice));
  }

  void warning(std::string_view path, std::string text, std::string advice) {
    report_value(document_, problems_, Severity::warning, "setting." + std::string(path), std::move(text),
                 std::move(advice));
  }

  const Document& document_;
  Problems& problems_;
  const boost::json::object& given_;
  boost::json::object values_;
  Setting setting_;
};

}  // namespace

Setting parse_setting(const boost::json::object& given, const Document& document, Problems& problems, LintRules rules) {
  return Reading(given, document, problems, rules).run();
}

}  // namespace sluice::job
