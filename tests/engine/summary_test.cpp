// SPDX-License-Identifier: Apache-2.0
#include "engine/summary.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

using namespace sluice::engine;
namespace json = boost::json;

BOOST_AUTO_TEST_SUITE(summary_test)

BOOST_AUTO_TEST_CASE(holds_every_promised_key) {
  json::object object = to_json(Summary{});
  for (const char* key : {"run",
                          "status",
                          "started",
                          "finished",
                          "elapsed_seconds",
                          "lanes",
                          "splits",
                          "read",
                          "added",
                          "written",
                          "skipped",
                          "filtered",
                          "dirty",
                          "bytes",
                          "reader_wait_seconds",
                          "writer_wait_seconds",
                          "peak_memory_bytes",
                          "delivery",
                          "consistent",
                          "notes",
                          "warnings",
                          "error",
                          "exit_code",
                          "retries"}) {
    BOOST_TEST(object.contains(key), key << " is missing");
  }
}

BOOST_AUTO_TEST_CASE(writes_counters_and_notes) {
  Summary summary;
  summary.status = RunStatus::limit_exceeded;
  summary.counters.read = 10;
  summary.counters.written = 7;
  summary.counters.dirty = 3;
  summary.notes = {{"write path", "LOAD DATA"}};
  summary.warnings = {"no error limit"};
  summary.error = RunError{"too many dirty records", "id 1..5"};
  json::object object = to_json(summary);
  BOOST_TEST(object["status"].as_string() == "limit-exceeded");
  BOOST_TEST(object["read"].as_uint64() == 10u);
  BOOST_TEST(object["written"].as_uint64() == 7u);
  BOOST_TEST(json::serialize(object["notes"]) == R"({"write path":"LOAD DATA"})");
  BOOST_TEST(json::serialize(object["warnings"]) == R"(["no error limit"])");
  BOOST_TEST(json::serialize(object["error"]) == R"({"message":"too many dirty records","split":"id 1..5"})");
  BOOST_TEST(object["consistent"].is_null());
}

BOOST_AUTO_TEST_CASE(dirty_kinds_show_no_values) {
  Summary summary;
  summary.dirty_kinds = {{"Writer", "id", "conflict", "key is there already: 4711", "", 2}};
  BOOST_TEST(
      json::serialize(to_json(summary)["dirty_kinds"]) ==
      R"([{"count":2,"step":"Writer","column":"id","code":"conflict","message":"key is there already","location":null}])");
}

BOOST_AUTO_TEST_CASE(times_are_utc_with_milliseconds) {
  using namespace std::chrono;
  system_clock::time_point time = sys_days{2025y / November / 1} + 2h + 30min + 45s + 7ms;
  BOOST_TEST(utc_text(time) == "2025-11-01T02:30:45.007Z");
  BOOST_TEST(utc_text(sys_days{1969y / December / 31} + 23h + 59min + 59s + 999ms) == "1969-12-31T23:59:59.999Z");
}

BOOST_AUTO_TEST_SUITE_END()
