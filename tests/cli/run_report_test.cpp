// SPDX-License-Identifier: Apache-2.0
#include "cli/run_report.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <sstream>

#include "scratch.hpp"

using namespace sluice::cli;
using sluice::engine::Summary;
using sluice::job::Problems;
using sluice::job::Severity;
namespace json = boost::json;

namespace {

struct ReportToFile : Scratch {
  std::ostringstream out, err;
  Console console{{&out}, {&err}};
  Problems problems;

  ReportToFile() {
    problems.add({Severity::warning, "setting", {1, 2}, "no limit", "set one", ""});
    fs_run = path / "run";
    std::filesystem::create_directory(fs_run);
  }
  std::filesystem::path fs_run;
};

Summary well() {
  Summary summary;
  summary.run = "r1";
  summary.status = sluice::engine::RunStatus::succeeded;
  summary.exit_code = 0;
  return summary;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(run_report_test, ReportToFile)

BOOST_AUTO_TEST_CASE(writes_text_and_two_files) {
  RunReport report(path / "s.json", console);
  BOOST_TEST(report.finished(well(), problems, fs_run) == 0);
  BOOST_TEST(out.str().starts_with("run         r1\nstatus      succeeded\n"));
  BOOST_TEST(read(path / "s.json") == read(fs_run / "summary.json"));
  json::value summary = json::parse(read(path / "s.json"));
  BOOST_TEST(summary.at("run").as_string() == "r1");
  BOOST_TEST(summary.at("warnings").at(0).as_string() == "setting: no limit (set one)");
}

BOOST_AUTO_TEST_CASE(a_dash_gives_the_output_to_the_json) {
  RunReport report("-", console);
  report.finished(well(), problems, fs_run);
  BOOST_TEST(json::parse(out.str()).at("status").as_string() == "succeeded");
  BOOST_TEST(err.str().starts_with("run         r1\n"));
}

BOOST_AUTO_TEST_CASE(a_lost_summary_does_not_change_the_exit_code) {
  RunReport report("/dev/full", console);
  BOOST_TEST(report.finished(well(), problems, fs_run) == 0);
  BOOST_TEST(err.str() == "warning: the summary is lost: cannot write /dev/full: No space left on device\n");
}

BOOST_AUTO_TEST_CASE(a_refused_job_has_a_summary_too) {
  problems.add({Severity::error, "steps[0]", {3, 4}, "wrong", "right", ""});
  RunReport report(path / "s.json", console);
  BOOST_TEST(report.refused("job.json", problems, 2) == 2);
  BOOST_TEST(err.str() == "job.json: 1 error, nothing was read or written\n");
  json::value summary = json::parse(read(path / "s.json"));
  BOOST_TEST(summary.at("status").as_string() == "problems");
  BOOST_TEST(summary.at("exit_code").as_int64() == 2);
  BOOST_TEST(summary.at("run").is_null());
  BOOST_TEST(summary.at("read").as_int64() == 0);
  BOOST_TEST(summary.at("error").at("message").as_string() == "steps[0]: wrong (right)");
  BOOST_TEST(summary.at("problems").as_array().size() == 2u);
  BOOST_TEST(refusal_json("job.json", problems, 75).at("status").as_string() == "failed-for-now");
}

BOOST_AUTO_TEST_CASE(a_place_that_cannot_be_written_to_is_known_before) {
  BOOST_TEST(!RunReport("", console).trouble());
  BOOST_TEST(!RunReport("-", console).trouble());
  BOOST_TEST(!RunReport(path / "s.json", console).trouble());
  BOOST_TEST(RunReport("/nowhere/s.json", console).trouble().value().text ==
             "cannot write /nowhere/s.json: No such file or directory (asked for by --summary)");
}

BOOST_AUTO_TEST_SUITE_END()
