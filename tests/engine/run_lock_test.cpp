// SPDX-License-Identifier: Apache-2.0
#include "engine/run_lock.hpp"

#include <boost/test/unit_test.hpp>

#include "scratch_directory.hpp"

using namespace sluice::engine;

namespace {

RunIdentity run_of_job(std::string fingerprint) {
  return {"run-1", "job.json", std::move(fingerprint), "", "", "", "", {}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(run_lock_test)

BOOST_AUTO_TEST_CASE(a_job_runs_once_at_a_time) {
  const ScratchDirectory state;
  {
    const auto first = lock_job(state.path, run_of_job("f"));
    BOOST_REQUIRE(first);
    const auto second = lock_job(state.path, run_of_job("f"));
    BOOST_REQUIRE(!second);
    BOOST_TEST(second.error().retryable());
    BOOST_TEST(second.error().message.find(
                   "this job is running already (wait for it, or stop it): run run-1, process ") == 0u);
    BOOST_TEST(static_cast<bool>(lock_job(state.path, run_of_job("another"))));
  }
  BOOST_TEST(static_cast<bool>(lock_job(state.path, run_of_job("f"))));
}

BOOST_AUTO_TEST_CASE(a_run_is_one_processs_own) {
  const ScratchDirectory state;
  BOOST_TEST(!is_run_locked(state.path, "r"));
  {
    const auto first = lock_run(state.path, "r");
    BOOST_REQUIRE(first);
    BOOST_TEST(is_run_locked(state.path, "r"));
    const auto second = lock_run(state.path, "r"), reader = share_run(state.path, "r", "r.replay");
    BOOST_REQUIRE(!second && !reader);
    BOOST_TEST(second.error().retryable());
    BOOST_TEST(second.error().message.find("this run is at work already (wait for it, or stop it): run r, process ") ==
               0u);
    BOOST_TEST(reader.error().message.find("the run is not over yet (wait for it, or stop it): run r, process ") == 0u);
    BOOST_TEST(static_cast<bool>(lock_run(state.path, "another")));
  }
  BOOST_TEST(static_cast<bool>(lock_run(state.path, "r")));
  BOOST_TEST(std::filesystem::is_empty(state.path / "locks"));
}

BOOST_AUTO_TEST_CASE(a_run_that_is_read_is_not_running_and_stays) {
  const ScratchDirectory state;
  const auto first = share_run(state.path, "r", "r.replay"), second = share_run(state.path, "r", "r.replay");
  BOOST_TEST((first && second));
  BOOST_TEST(!is_run_locked(state.path, "r"));
  BOOST_TEST(!lock_run(state.path, "r"));
}

BOOST_AUTO_TEST_CASE(a_lock_that_cannot_be_made_is_no_wrong_use) {
  const ScratchDirectory state;
  std::filesystem::create_directories(state.path / "locks" / "run-r.lock");
  const auto lock = lock_run(state.path, "r");
  BOOST_REQUIRE(!lock);
  BOOST_TEST(lock.error().code == SLUICE_IO);
  BOOST_TEST(!lock.error().retryable());
  BOOST_TEST(lock.error().message.find("cannot make the lock: Is a directory: ") == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
