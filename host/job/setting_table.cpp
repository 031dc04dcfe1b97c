// SPDX-License-Identifier: Apache-2.0
#include <boost/json/array.hpp>

#include "job/setting.hpp"

namespace sluice::job {
namespace {

using boost::json::value;

Option option(std::string name, std::uint32_t types, std::string description) {
  Option result;
  result.name = std::move(name);
  result.types = types;
  result.description = std::move(description);
  return result;
}

Option with_default(Option option, value default_value) {
  option.default_value = std::move(default_value);
  return option;
}

Option with_example(Option option, value example) {
  option.example = std::move(example);
  return option;
}

Option at_least(Option option, double minimum) {
  option.flags |= SLUICE_HAS_MINIMUM;
  option.minimum = minimum;
  return option;
}

Option between(Option option, double minimum, double maximum) {
  option.flags |= SLUICE_HAS_MAXIMUM;
  option.maximum = maximum;
  return at_least(std::move(option), minimum);
}

Option one_of(Option option, std::vector<std::string> choices) {
  option.choices = std::move(choices);
  return option;
}

Option group(std::string name, std::string description, std::vector<Option> children) {
  Option result = option(std::move(name), SLUICE_OBJECT, std::move(description));
  result.children = OptionTable(std::move(children));
  return result;
}

// Met in real scripts, without meaning here.
Option ignored(std::string name) {
  Option result = option(std::move(name), SLUICE_STRING, "accepted, without meaning here");
  result.flags = SLUICE_IGNORED;
  return result;
}

Option speed() {
  return group(
      "speed", "how fast the job may run",
      {with_default(between(option("concurrent", SLUICE_INTEGER, "the most lanes"), 1, 1024), 1),
       with_default(option("throttle", SLUICE_BOOLEAN, "whether `mbps` and `recordsPerSecond` hold"), false),
       with_example(
           at_least(option("mbps", SLUICE_NUMBER, "the most MB (2^20 bytes) a second, through the whole job"), 1), 10),
       with_example(
           at_least(option("recordsPerSecond", SLUICE_INTEGER, "the most records a second, through the whole job"), 1),
           5000),
       ignored("dmu")});
}

Option error_limit() {
  return group(
      "errorLimit", "how many dirty records the job bears",
      {at_least(option("record", SLUICE_INTEGER, "the most dirty records; 0: none; not set: any number"), 0),
       with_example(
           between(option("percentage", SLUICE_NUMBER, "the most dirty records as a part of those read"), 0, 1), 0.01),
       one_of(option("strategy", SLUICE_STRING, "sets `record` to unlimited, its own number, or 0"),
              {"Ignore", "Tolerance", "ZeroTolerance"})});
}

Option retry() {
  return group(
      "retry", "what to do with a split that failed for now",
      {with_default(between(option("times", SLUICE_INTEGER, "attempts after the first one"), 0, 1000), 3),
       with_default(option("interval", SLUICE_DURATION, "the wait before the second attempt"), 1000),
       with_default(between(option("backoff", SLUICE_NUMBER, "the factor by which the wait grows"), 1, 100), 2.0)});
}

Option common() {
  return group("common", "what all columns share",
               {group("column", "what all columns share",
                      {with_example(option("timeZone", SLUICE_STRING,
                                           "the zone of timestamps without a zone when the other side has one"),
                                    "Europe/Berlin")})});
}

std::vector<Option> top_level() {
  constexpr double least_memory = 16 << 20;
  Option time_out = option("callTimeout", SLUICE_DURATION, "how long one call of a connector may take; 0: for ever");
  Option memory = option("memory", SLUICE_BYTES, "the most memory for records on their way");
  return {
      speed(),
      error_limit(),
      common(),
      one_of(option("executeMode", SLUICE_STRING, "not set: on this machine; distribute: on several"), {"distribute"}),
      with_default(at_least(std::move(memory), least_memory), std::int64_t{256} << 20),
      with_default(one_of(option("delivery", SLUICE_STRING, "what to promise about records after a failure"),
                          {"auto", "exactly-once", "at-least-once"}),
                   "auto"),
      retry(),
      with_default(std::move(time_out), 3'600'000),
      with_default(option("isolate", SLUICE_BOOLEAN, "run each lane in a process of its own"), false),
      ignored("locale"),
      ignored("failoverEnable"),
      ignored("jvmOption"),
      ignored("jvmMemory"),
      ignored("extend"),
      ignored("transform"),
      ignored("copies"),
      ignored("gui"),
      ignored("displayName"),
      ignored("description")};
}

}  // namespace

const OptionTable& setting_table() {
  static const OptionTable table(top_level());
  return table;
}

}  // namespace sluice::job
