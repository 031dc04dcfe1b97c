// SPDX-License-Identifier: Apache-2.0
#include "engine/lost_commit.hpp"

#include <utility>

#include "engine/lane.hpp"

namespace sluice::engine {

plugin::Result<plugin::CommitAnswer> ask_about(const LostCommit& commit, OpenJob& job, Watchdog& watchdog) {
  const job::Retry& rules = job.job->setting.retry;
  const std::string where = job.writer->plugin().where("committed");
  for (std::uint32_t retry = 1;; ++retry) {
    auto answer = [&] {
      const Watchdog::Call call(watchdog, where, commit.split, [&] { job.writer->cancel(); });
      return job.writer->committed(commit.split, commit.attempt, commit.token);
    }();
    if (answer || !answer.error().retryable() || retry > rules.times) return answer;
    if (job.services->stop.wait_for(pause_before(retry, rules))) return answer;
  }
}

plugin::Result<void> settle(const LostCommit& commit, plugin::Failure why, OpenJob& job, Watchdog& watchdog) {
  const auto answer = ask_about(commit, job, watchdog);
  using Outcome = plugin::CommitAnswer::Outcome;
  if (answer && answer->outcome == Outcome::yes) return {};
  if (answer && answer->outcome == Outcome::no) {
    why.flags = SLUICE_RETRYABLE;
    return why;
  }
  why.flags = SLUICE_OUTCOME_UNKNOWN | (!answer && answer.error().retryable() ? SLUICE_RETRYABLE : 0);
  why.message += "; whether the split was committed could not be found out";
  if (!answer) why.message += ": " + answer.error().text();
  return why;
}

}  // namespace sluice::engine
