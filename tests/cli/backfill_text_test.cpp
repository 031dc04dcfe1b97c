// SPDX-License-Identifier: Apache-2.0
#include "cli/backfill_text.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

using namespace sluice::cli;

namespace {

BackfillRun run(std::string date, std::optional<int> code, const char* summary = nullptr, bool is_old = false) {
  BackfillRun result{.date = date, .id = "j-" + date, .exit_code = code, .is_old = is_old};
  if (summary != nullptr) result.summary = boost::json::parse(summary).as_object();
  return result;
}

constexpr const char* good = R"({"status": "succeeded", "read": 1200, "added": 0, "written": 1200, "skipped": 0,
  "filtered": 0, "dirty": 0, "bytes": 5, "elapsed_seconds": 0.5, "error": null})";
constexpr const char* bad = R"({"status": "failed", "read": 3, "added": 0, "written": 0, "skipped": 0, "filtered": 0,
  "dirty": 1, "bytes": 5, "elapsed_seconds": 2, "error": {"message": "it broke", "split": null}})";

}  // namespace

BOOST_AUTO_TEST_SUITE(backfill_text_test)

BOOST_AUTO_TEST_CASE(a_line_a_run_and_one_that_counts_them) {
  const std::string text = backfill_text(
      {run("20251001", 0, good), run("20251002", 0, good, true), run("20251003", 1, bad), run("20251004", {})}, {});
  BOOST_TEST(text ==
             "  Date      Run         Status        Read   Written  Dirty  Elapsed  Error\n"
             "  20251001  j-20251001  succeeded     1,200  1,200    0      0.50 s\n"
             "  20251002  j-20251002  already done  1,200  1,200    0\n"
             "  20251003  j-20251003  failed        3      0        1      2.00 s   it broke\n"
             "  20251004  j-20251004  not started\n"
             "\n"
             "4 dates: 1 already done, 1 failed, 1 not started, 1 succeeded\n");
}

BOOST_AUTO_TEST_CASE(what_ended_without_a_summary_has_a_status_by_its_exit_code) {
  for (const auto& [code, status] :
       {std::pair(0, "succeeded"), std::pair(1, "failed"), std::pair(2, "problems"), std::pair(3, "limit-exceeded"),
        std::pair(75, "failed-for-now"), std::pair(143, "stopped"), std::pair(139, "failed")})
    BOOST_TEST(run("20251001", code).status() == status);
}

BOOST_AUTO_TEST_CASE(as_json) {
  BackfillRun refused = run("20251001", 2);
  refused.error = "no such table";
  const auto object = boost::json::parse(backfill_json("j.json", {refused, run("20251002", {})}, 2)).as_object();
  BOOST_TEST(object.at("exit_code").as_int64() == 2);
  BOOST_TEST(object.at("ok").as_bool() == false);
  const auto& runs = object.at("runs").as_array();
  BOOST_TEST(runs.at(0).at("error").as_string() == "no such table");
  BOOST_TEST(runs.at(1).at("exit_code").is_null());
  BOOST_TEST(runs.at(1).at("status").as_string() == "not started");
}

BOOST_AUTO_TEST_SUITE_END()
