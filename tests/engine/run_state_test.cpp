// SPDX-License-Identifier: Apache-2.0
#include "engine/run_state.hpp"

#include <boost/test/unit_test.hpp>

#include "engine/durable_file.hpp"
#include "engine/stored_run.hpp"
#include "kept_run.hpp"
#include "made_job.hpp"
#include "scratch_directory.hpp"

using namespace sluice::engine;

namespace {

RunIdentity identity(std::string fingerprint = "f", std::string version = "1.2") {
  return {"run-1", "job.json", std::move(fingerprint), "r", version, "w", "2.0", {}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(run_state_test)

BOOST_AUTO_TEST_CASE(a_job_that_changed_cannot_be_resumed) {
  const ScratchDirectory run;
  keep_run(run.path, "run-1", 1);
  BOOST_TEST(static_cast<bool>(RunState::resume(run.path, identity("f", "1.9"))));
  const auto changed = RunState::resume(run.path, identity("g"));
  BOOST_REQUIRE(!changed);
  BOOST_TEST(changed.error().message == "the job has changed since this run began (run it afresh with --fresh): run-1");
  const auto replaced = RunState::resume(run.path, identity("f", "2.0"));
  BOOST_REQUIRE(!replaced);
  BOOST_TEST(replaced.error().message ==
             "the reader's major version has changed since this run began (--fresh begins again): 1.2, now 2.0");
}

BOOST_AUTO_TEST_CASE(a_processor_of_another_major_version_is_another_job) {
  Made m;
  OpenedJob opened(m, "{}", {.run_id = "run-1"});
  const ScratchDirectory run;
  RunIdentity then = identity(), now = then;
  then.processor_versions = {"1.9", "1.2"};
  now.processor_versions = {"1.0", "2.0"};
  BOOST_REQUIRE(RunState::create(run.path, then, opened.resolved));
  BOOST_TEST(static_cast<bool>(RunState::resume(run.path, then)));
  const auto replaced = RunState::resume(run.path, now);
  BOOST_REQUIRE(!replaced);
  BOOST_TEST(replaced.error().message ==
             "a processor's major version has changed since this run began (--fresh begins again): 1.2, now 2.0");
}

BOOST_AUTO_TEST_CASE(a_run_that_was_given_up_cannot_go_on) {
  const ScratchDirectory run;
  keep_run(run.path, "run-1", 1);
  BOOST_REQUIRE(Journal(run.path).abandoned());
  const auto state = RunState::resume(run.path, identity());
  BOOST_REQUIRE(!state);
  BOOST_TEST(state.error().message.find("a later run of the job took the place of this one") == 0u);
  BOOST_TEST(read_run(run.path)->status() == "abandoned");
}

BOOST_AUTO_TEST_CASE(a_new_run_takes_nothing_from_one_that_was_half_removed) {
  Made m;
  OpenedJob opened(m, "{}", {.run_id = "run-1"});
  const ScratchDirectory run;
  for (const char* name : {"journal.jsonl", "plan.json", "dirty.jsonl", "summary.json"})
    BOOST_REQUIRE(replace_durably(run.path / name, "{\"event\":\"completed\"}\n"));
  BOOST_REQUIRE(RunState::create(run.path, identify(opened.resolved, "run-1"), opened.resolved));
  const auto stored = read_run(run.path);
  BOOST_REQUIRE(stored);
  BOOST_TEST(!stored->is_finished());
  BOOST_TEST(std::distance(std::filesystem::directory_iterator(run.path), {}) == 2);  // run.json and job.json

  std::filesystem::remove(run.path / "run.json");
  std::filesystem::create_directories(run.path / "journal.jsonl");
  BOOST_TEST(!RunState::create(run.path, identify(opened.resolved, "run-1"), opened.resolved));
  BOOST_TEST(!std::filesystem::exists(run.path / "run.json"));
}

BOOST_AUTO_TEST_SUITE_END()
