// SPDX-License-Identifier: Apache-2.0
#include "cli/summary_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice::cli;
using sluice::engine::RunStatus;
using sluice::engine::Summary;

namespace {

Summary summary_of_a_run() {
  Summary summary;
  summary.run = "20251101T023045-4f1d";
  summary.status = RunStatus::succeeded;
  summary.started = std::chrono::sys_days{std::chrono::year{2025} / 11 / 1};
  summary.finished = summary.started + std::chrono::seconds(10);
  summary.elapsed_seconds = 10;
  summary.lanes = summary.lanes_asked = 2;
  summary.splits = summary.splits_done = 4;
  summary.counters = {.read = 2000, .written = 2000, .bytes = 20 << 20};
  summary.peak_memory_bytes = 45 << 20;
  return summary;
}

std::string text_of(const Summary& summary) { return sluice::cli::summary_text(summary, Device{}); }

bool has_line(const Summary& summary, const std::string& line) {
  return ("\n" + text_of(summary)).find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(summary_text_test)

BOOST_AUTO_TEST_CASE(a_resumed_run_has_the_speed_of_what_it_read_itself) {
  Summary summary = summary_of_a_run();
  summary.earlier = {.read = 1500, .written = 1500, .bytes = 15 << 20};
  BOOST_TEST(has_line(summary, "read        2,000 records, 20.0 MiB, 0.50 MB/s, 50 records/s"));
}

BOOST_AUTO_TEST_CASE(a_run_in_which_all_went_well) {
  BOOST_TEST(text_of(summary_of_a_run()) ==
             "run         20251101T023045-4f1d\n"
             "status      succeeded\n"
             "started     2025-11-01T00:00:00.000Z\n"
             "finished    2025-11-01T00:00:10.000Z\n"
             "elapsed     10.0 s\n"
             "lanes       2\n"
             "splits      4\n"
             "read        2,000 records, 20.0 MiB, 2.00 MB/s, 200 records/s\n"
             "written     2,000\n"
             "skipped     0\n"
             "filtered    0\n"
             "dirty       0\n"
             "waited      0 ms for the reader, 0 ms for the writer\n"
             "memory      45.0 MiB at most\n");
}

BOOST_AUTO_TEST_CASE(says_why_there_were_fewer_lanes) {
  Summary summary = summary_of_a_run();
  summary.lanes = 1;
  summary.lanes_asked = 8;
  summary.lanes_reason = "there was one split";
  BOOST_TEST(has_line(summary, "lanes       1 of 8 asked: there was one split"));
}

BOOST_AUTO_TEST_CASE(shows_dirty_records_without_their_values) {
  Summary summary = summary_of_a_run();
  summary.counters.dirty = 3;
  summary.dirty_kinds = {{"Writer", "id", "conflict", "the key is there already: 4711", "in.csv:7", 3}};
  summary.dirty_file = "/runs/x/dirty.jsonl";
  BOOST_TEST(has_line(summary, "dirty       3"));
  BOOST_TEST(has_line(summary, "            3 x conflict in column id: the key is there already (first: in.csv:7)"));
  BOOST_TEST(has_line(summary, "            all of them, with their values: /runs/x/dirty.jsonl"));
  BOOST_TEST(text_of(summary).find("4711") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(shows_the_first_kinds_only) {
  Summary summary = summary_of_a_run();
  for (int i = 0; i < 7; ++i) summary.dirty_kinds.push_back({"Writer", "", "null", "NULL", "", 1});
  BOOST_TEST(has_line(summary, "            and 2 more kinds"));
}

BOOST_AUTO_TEST_CASE(shows_error_and_split) {
  Summary summary = summary_of_a_run();
  summary.status = RunStatus::failed;
  summary.splits_done = 1;
  summary.error = {"reader file, read: gone", "id 1..5"};
  BOOST_TEST(has_line(summary, "status      failed"));
  BOOST_TEST(has_line(summary, "splits      1 of 4"));
  BOOST_TEST(has_line(summary, "error       reader file, read: gone"));
  BOOST_TEST(has_line(summary, "            in split id 1..5"));
}

BOOST_AUTO_TEST_CASE(names_the_side_that_held_the_run_up) {
  Summary summary = summary_of_a_run();
  BOOST_TEST(bottleneck(summary) == "");
  summary.writer_wait_seconds = 15;
  BOOST_TEST(bottleneck(summary) == "the writer is the bottleneck");
  summary.reader_wait_seconds = 14;
  BOOST_TEST(bottleneck(summary) == "");
  summary.writer_wait_seconds = 1;
  BOOST_TEST(bottleneck(summary) == "the reader is the bottleneck");
  summary.throttle_wait_seconds = 12;
  BOOST_TEST(bottleneck(summary) == "the throttle sets the speed");
}

BOOST_AUTO_TEST_SUITE_END()
