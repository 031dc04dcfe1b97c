// SPDX-License-Identifier: Apache-2.0
#include "engine/stored_run.hpp"

#include <boost/test/unit_test.hpp>

#include "engine/durable_file.hpp"
#include "engine/run_lock.hpp"
#include "kept_run.hpp"
#include "made_job.hpp"
#include "scratch_directory.hpp"

using namespace sluice::engine;

BOOST_AUTO_TEST_SUITE(stored_run_test)

BOOST_AUTO_TEST_CASE(a_plan_is_read_back_as_it_was) {
  Made m;
  m.fingerprint = "size 7";
  const RanJob ran(m, R"({"retry":{"times":0}})");
  const auto stored = read_run(ran.directory.path);
  BOOST_REQUIRE(stored);
  BOOST_REQUIRE(stored->plan);
  BOOST_REQUIRE_EQUAL(stored->plan->splits.size(), 4u);
  BOOST_TEST(stored->plan->splits[2].key == "2");
  BOOST_TEST(stored->plan->splits[2].payload == "2");
  BOOST_TEST(stored->plan->splits[2].fingerprint == "size 7");
  BOOST_TEST(stored->plan->splits[2].stable);
  BOOST_TEST(stored->plan->splits[2].records == 1000);
  BOOST_TEST(stored->plan->lanes == ran.summary.lanes_asked);
  const StageSchema* arriving = stored->plan->stage("Writer");
  BOOST_REQUIRE(arriving != nullptr);
  BOOST_TEST(arriving->fields.front().name == "id");
  BOOST_TEST(sluice::record::format_of(arriving->fields.front().type) == "l");
  BOOST_TEST((stored->plan->stage("nobody") == nullptr));
  BOOST_TEST(stored->is_finished());
  BOOST_TEST(stored->status() == "succeeded");
  BOOST_TEST(stored->history.committed().written == 4000u);
}

BOOST_AUTO_TEST_CASE(old_runs_are_pruned) {
  const ScratchDirectory state;
  for (int i = 0; i < 5; ++i) keep_run(state.path / "runs" / std::to_string(i), std::to_string(i), i);
  std::filesystem::create_directories(state.path / "runs" / "rubbish");
  prune_runs(state.path, 3);
  const auto runs = list_runs(state.path);
  BOOST_REQUIRE_EQUAL(runs.size(), 3u);
  BOOST_TEST(runs.front().identity.run == "4");
  BOOST_TEST(runs.back().identity.run == "2");
  BOOST_TEST(runs.front().status() == "interrupted");
}

BOOST_AUTO_TEST_CASE(an_unfinished_run_that_has_written_stays) {
  const ScratchDirectory state;
  const auto runs = state.path / "runs";
  for (int i = 0; i < 6; ++i) keep_run(runs / std::to_string(i), std::to_string(i), i);
  for (const char* name : {"0", "1", "2", "3"}) BOOST_REQUIRE(Journal(runs / name).committing("a", 1, "", {}, true));
  BOOST_REQUIRE(Journal(runs / "1").rolled_back("a", 1));
  BOOST_REQUIRE(Journal(runs / "2").abandoned());
  BOOST_REQUIRE(Journal(runs / "3").completed());
  prune_runs(state.path, 1);
  std::vector<std::string> left;
  for (const auto& run : list_runs(state.path)) left.push_back(run.identity.run);
  BOOST_TEST(left == (std::vector<std::string>{"5", "0"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_run_that_is_at_work_stays) {
  const ScratchDirectory state;
  for (int i = 0; i < 3; ++i) keep_run(state.path / "runs" / std::to_string(i), std::to_string(i), i);
  const auto lock = lock_run(state.path, "0");
  BOOST_REQUIRE(lock);
  prune_runs(state.path, 1);
  BOOST_TEST(std::filesystem::exists(state.path / "runs" / "0"));
  BOOST_TEST(!std::filesystem::exists(state.path / "runs" / "1"));
}

BOOST_AUTO_TEST_CASE(a_run_that_never_began_is_removed_when_it_is_old) {
  const ScratchDirectory state;
  const auto young = state.path / "runs" / "young", old = state.path / "runs" / "old",
             full = state.path / "runs" / "full";
  for (const auto& directory : {young, old, full}) std::filesystem::create_directories(directory);
  for (const char* name : {"job.json", "run.json.new"}) BOOST_REQUIRE(replace_durably(old / name, "{"));
  BOOST_REQUIRE(replace_durably(full / "somebody's", ""));
  for (const auto& directory : {old, full})
    std::filesystem::last_write_time(directory, std::filesystem::file_time_type::clock::now() - std::chrono::hours(2));
  prune_runs(state.path, 3);
  BOOST_TEST(std::filesystem::exists(young));
  BOOST_TEST(!std::filesystem::exists(old));
  BOOST_TEST(std::filesystem::exists(full));
}

BOOST_AUTO_TEST_SUITE_END()
