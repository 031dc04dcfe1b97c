// SPDX-License-Identifier: Apache-2.0
#include "job/setting.hpp"

#include <boost/test/unit_test.hpp>

#include "rendered.hpp"

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(setting_test)

Setting setting_of(const std::string& text, std::string* rendered = nullptr) {
  Problems problems;
  auto document = Document::parse("{\"setting\":\n" + text + "}", problems);
  BOOST_REQUIRE_MESSAGE(document, problems.render("j"));
  Setting setting = parse_setting(document->root().at("setting").as_object(), *document, problems);
  if (rendered != nullptr) *rendered = problems.render("j");
  return setting;
}

std::string problems(const std::string& text) {
  std::string rendered;
  setting_of(text, &rendered);
  return rendered;
}

// With an error limit, so that only the rest can be a problem.
std::string limited(const std::string& members) {
  return problems("{" + members + ", \"errorLimit\": {\"record\": 0}}");
}

BOOST_AUTO_TEST_CASE(defaults) {
  std::string rendered;
  Setting setting = setting_of("{}", &rendered);
  BOOST_TEST(
      rendered ==
      "j:2:1: warning: setting.errorLimit.record: not set, so any number of dirty records is borne (set it to 0 to "
      "stop at the first one)\n");
  BOOST_TEST(setting.concurrent == 1u);
  BOOST_TEST(!setting.mbps);
  BOOST_TEST(!setting.records_per_second);
  BOOST_TEST(!setting.error_limit.record);
  BOOST_TEST(setting.memory == 256u << 20);
  BOOST_TEST(setting.delivery == SLUICE_DELIVERY_AUTO);
  BOOST_TEST(setting.retry.times == 3u);
  BOOST_TEST(setting.call_timeout.count() == 3'600'000);
}

BOOST_AUTO_TEST_CASE(everything_set) {
  std::string rendered;
  Setting setting =
      setting_of(R"({"speed": {"concurrent": "3", "throttle": "true", "mbps": "10", "recordsPerSecond": 500, "dmu": 1},
    "errorLimit": {"record": "5", "percentage": "0.02"}, "executeMode": null, "memory": "64MiB", "delivery": "Exactly-Once",
    "common": {"column": {"timeZone": "Europe/Berlin"}}, "retry": {"times": 1, "interval": "250ms", "backoff": 1},
    "callTimeout": "10min", "isolate": true, "locale": "zh_CN", "failoverEnable": true, "jvmOption": "", "jvmMemory": 3})",
                 &rendered);
  BOOST_TEST(rendered == "");
  BOOST_TEST(setting.concurrent == 3u);
  BOOST_TEST(setting.mbps.value() == 10.0);
  BOOST_TEST(setting.records_per_second.value() == 500u);
  BOOST_TEST(setting.error_limit.record.value() == 5u);
  BOOST_TEST(setting.error_limit.percentage.value() == 0.02);
  BOOST_TEST(setting.memory == 64u << 20);
  BOOST_TEST(setting.delivery == SLUICE_EXACTLY_ONCE);
  BOOST_TEST(setting.time_zone == "Europe/Berlin");
  BOOST_TEST(setting.retry.times == 1u);
  BOOST_TEST(setting.retry.interval.count() == 250);
  BOOST_TEST(setting.retry.backoff == 1.0);
  BOOST_TEST(setting.call_timeout.count() == 600'000);
  BOOST_TEST(setting.isolate);
}

BOOST_AUTO_TEST_CASE(concurrent) {
  for (const char* wrong : {"0", "1025", "-1"}) {
    BOOST_TEST(limited("\"speed\": {\"concurrent\": " + std::string(wrong) + "}") ==
               "j:2:26: error: setting.speed.concurrent: must be between 1 and 1024, got " + std::string(wrong) + "\n");
  }
  BOOST_TEST(limited("\"speed\": {\"concurrent\": \"12x\"}") ==
             "j:2:26: error: setting.speed.concurrent: expected an integer, got \"12x\"\n");
  BOOST_TEST(limited("\"speed\": {\"concurent\": 8}") ==
             "j:2:12: error: setting.speed.concurent: unknown key (did you mean \"concurrent\"?)\n");
}

BOOST_AUTO_TEST_CASE(throttle) {
  BOOST_TEST(
      limited("\"speed\": {\"throttle\": true}") ==
      "j:2:11: error: setting.speed.mbps: required when speed.throttle is true (the most MB a second, such as 10)\n");
  BOOST_TEST(
      limited("\"speed\": {\"throttle\": true, \"mbps\": \"\"}") ==
      "j:2:38: error: setting.speed.mbps: required when speed.throttle is true (the most MB a second, such as 10)\n");
  BOOST_TEST(limited("\"speed\": {\"throttle\": true, \"recordsPerSecond\": 5}") == "");
  BOOST_TEST(limited("\"speed\": {\"throttle\": false, \"mbps\": 5}") ==
             "j:2:39: warning: setting.speed.mbps: without effect while speed.throttle is false (set speed.throttle to "
             "true)\n");
  BOOST_TEST(limited("\"speed\": {\"throttle\": true, \"mbps\": 0.5}") ==
             "j:2:38: error: setting.speed.mbps: must be 1 or more, got 5E-1\n");
  std::string rendered;
  BOOST_TEST(!setting_of("{\"speed\": {\"throttle\": false, \"mbps\": 5}}", &rendered).mbps);
}

BOOST_AUTO_TEST_CASE(error_limit) {
  auto limit = [](const std::string& members) { return "{\"errorLimit\": {" + members + "}}"; };
  BOOST_TEST(setting_of(limit("\"record\": \"0\"")).error_limit.record.value() == 0u);
  BOOST_TEST(setting_of(limit("\"strategy\": \"ZeroTolerance\"")).error_limit.record.value() == 0u);
  BOOST_TEST(!setting_of(limit("\"strategy\": \"Ignore\"")).error_limit.record);
  BOOST_TEST(problems(limit("\"strategy\": \"Ignore\"")) == "");
  BOOST_TEST(problems(limit("\"percentage\": 0.1")) == "");
  BOOST_TEST(problems(limit("\"strategy\": \"Tolerance\", \"record\": 3")) == "");
  BOOST_TEST(
      problems(limit("\"record\": \"\"")) ==
      "j:2:27: warning: setting.errorLimit.record: not set, so any number of dirty records is borne (set it to 0 "
      "to stop at the first one)\n");
  BOOST_TEST(problems(limit("\"strategy\": \"Tolerance\"")) ==
             "j:2:16: error: setting.errorLimit.record: required when errorLimit.strategy is Tolerance (how many dirty "
             "records to bear)\n");
  BOOST_TEST(
      problems(limit("\"strategy\": \"ZeroTolerance\", \"record\": 3")) ==
      "j:2:29: error: setting.errorLimit.strategy: contradicts errorLimit.record: ZeroTolerance and 3 (remove one "
      "of the two)\n");
  BOOST_TEST(
      problems(limit("\"strategy\": \"Ignore\", \"record\": 0")) ==
      "j:2:29: error: setting.errorLimit.strategy: contradicts errorLimit.record: Ignore and 0 (remove one of the "
      "two)\n");
  BOOST_TEST(problems(limit("\"percentage\": 2")) ==
             "j:2:31: error: setting.errorLimit.percentage: must be between 0 and 1, got 2\n");
  BOOST_TEST(problems(limit("\"record\": -1")) ==
             "j:2:27: error: setting.errorLimit.record: must be 0 or more, got -1\n");
  BOOST_TEST(
      problems(limit("\"strategy\": \"Strict\"")) ==
      "j:2:29: error: setting.errorLimit.strategy: must be one of \"Ignore\", \"Tolerance\", \"ZeroTolerance\", got "
      "\"Strict\"\n");
}

BOOST_AUTO_TEST_CASE(execute_mode) {
  BOOST_TEST(limited("\"executeMode\": \"distribute\"") ==
             "j:2:17: error: setting.executeMode: distribute needs speed.concurrent to be 8 or more, got 1 (raise "
             "speed.concurrent or remove executeMode)\n");
  BOOST_TEST(
      limited("\"executeMode\": \"distribute\", \"speed\": {\"concurrent\": 8}") ==
      "j:2:17: warning: setting.executeMode: distribute runs on this machine alone (there is no cluster to run on "
      "yet)\n");
  BOOST_TEST(limited("\"executeMode\": \"distributed\"") ==
             "j:2:17: error: setting.executeMode: must be \"distribute\", got \"distributed\" (did you mean "
             "\"distribute\"?)\n");
}

BOOST_AUTO_TEST_CASE(time_zone) {
  auto zone = [](const std::string& name) { return "\"common\": {\"column\": {\"timeZone\": \"" + name + "\"}}"; };
  BOOST_TEST(limited(zone("UTC")) == "");
  BOOST_TEST(limited(zone("Asia/Shangai")) ==
             "j:2:36: error: setting.common.column.timeZone: no such time zone: Asia/Shangai (did you mean "
             "\"Asia/Shanghai\"?)\n");
  BOOST_TEST(limited(zone("GMT+8")) ==
             "j:2:36: error: setting.common.column.timeZone: no such time zone: GMT+8 (a name such as Europe/Berlin, "
             "Asia/Shanghai, UTC, or Etc/GMT-8 for UTC+8)\n");
}

BOOST_AUTO_TEST_CASE(extensions) {
  BOOST_TEST(limited("\"memory\": \"1MiB\"") ==
             "j:2:12: error: setting.memory: must be 16MiB or more, got \"1MiB\"\n");
  BOOST_TEST(limited("\"delivery\": \"at-most-once\"") ==
             "j:2:14: error: setting.delivery: must be one of \"auto\", \"exactly-once\", \"at-least-once\", got "
             "\"at-most-once\"\n");
  BOOST_TEST(limited("\"retry\": 3") == "j:2:11: error: setting.retry: expected an object, got 3\n");
}

BOOST_AUTO_TEST_SUITE_END()
