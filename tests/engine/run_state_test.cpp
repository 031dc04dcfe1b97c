// SPDX-License-Identifier: Apache-2.0
#include "engine/run_state.hpp"

#include <boost/test/unit_test.hpp>

#include "engine/durable_file.hpp"
#include "made_job.hpp"
#include "scratch_directory.hpp"

using namespace sluice::engine;

namespace {

RunIdentity identity(std::string fingerprint = "f", std::string version = "1.2") {
  return {"run-1", "job.json", std::move(fingerprint), "r", version, "w", "2.0", {}};
}

void keep(const std::filesystem::path& directory, const std::string& run, long started) {
  std::filesystem::create_directories(directory);
  BOOST_REQUIRE(replace_durably(directory / "run.json",
                                R"({"run":")" + run +
                                    R"(","job":"j","fingerprint":"f","reader":"r","reader_version":"1.2",)"
                                    R"("writer":"w","writer_version":"2.0","started_ms":)" +
                                    std::to_string(started) + "}"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(run_state_test)

BOOST_AUTO_TEST_CASE(a_job_runs_once_at_a_time) {
  const ScratchDirectory state;
  {
    const auto first = JobLock::take(state.path, identity());
    BOOST_REQUIRE(first);
    const auto second = JobLock::take(state.path, identity());
    BOOST_REQUIRE(!second);
    BOOST_TEST(second.error().retryable());
    BOOST_TEST(second.error().message.find(
                   "this job is running already (wait for it, or stop it): run run-1, process ") == 0u);
    BOOST_TEST(static_cast<bool>(JobLock::take(state.path, identity("another"))));
  }
  BOOST_TEST(static_cast<bool>(JobLock::take(state.path, identity())));
}

BOOST_AUTO_TEST_CASE(a_job_that_changed_cannot_be_resumed) {
  const ScratchDirectory run;
  keep(run.path, "run-1", 1);
  BOOST_TEST(static_cast<bool>(RunState::resume(run.path, identity("f", "1.9"))));
  const auto changed = RunState::resume(run.path, identity("g"));
  BOOST_REQUIRE(!changed);
  BOOST_TEST(changed.error().message == "the job has changed since this run began (run it afresh with --fresh): run-1");
  const auto replaced = RunState::resume(run.path, identity("f", "2.0"));
  BOOST_REQUIRE(!replaced);
  BOOST_TEST(replaced.error().message ==
             "the reader's major version has changed since this run began (--fresh begins again): 1.2, now 2.0");
}

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
  for (int i = 0; i < 5; ++i) keep(state.path / "runs" / std::to_string(i), std::to_string(i), i);
  std::filesystem::create_directories(state.path / "runs" / "rubbish");
  prune_runs(state.path, 3);
  const auto runs = list_runs(state.path);
  BOOST_REQUIRE_EQUAL(runs.size(), 3u);
  BOOST_TEST(runs.front().identity.run == "4");
  BOOST_TEST(runs.back().identity.run == "2");
  BOOST_TEST(runs.front().status() == "interrupted");
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

BOOST_AUTO_TEST_CASE(a_run_that_was_given_up_cannot_go_on) {
  const ScratchDirectory run;
  keep(run.path, "run-1", 1);
  BOOST_REQUIRE(Journal(run.path).abandoned());
  const auto state = RunState::resume(run.path, identity());
  BOOST_REQUIRE(!state);
  BOOST_TEST(state.error().message.find("a later run of the job took the place of this one") == 0u);
  BOOST_TEST(read_run(run.path)->status() == "abandoned");
}

BOOST_AUTO_TEST_SUITE_END()
