// SPDX-License-Identifier: Apache-2.0
#include "engine/lane.hpp"

#include <algorithm>
#include <cmath>
#include <random>

namespace sluice::engine {
namespace {

// Grows with every try, up to a minute; jitter keeps lanes from coming back all at once.
std::chrono::milliseconds pause_before(std::uint32_t retry, const job::Retry& rules) {
  thread_local std::minstd_rand random{std::random_device{}()};
  const double grown = static_cast<double>(rules.interval.count()) * std::pow(rules.backoff, retry - 1);
  const double jitter = std::uniform_real_distribution<>(0.75, 1.25)(random);
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::min(grown, 60'000.0) * jitter));
}

}  // namespace

LaneOutcome run_with_retries(RunResources& run, const plugin::Split& split, boost::asio::thread_pool& pool) {
  LaneOutcome outcome;
  for (std::uint32_t attempt = 1;; ++attempt) {
    outcome.last = run_split(run, split, attempt, pool);
    if (!outcome.last.retry || run.services.stop.requested()) return outcome;
    ++outcome.retries;
    run.services.warn("split " + split.label + " is tried again: " + outcome.last.failure->text());
    if (run.services.stop.wait_for(pause_before(attempt, run.job.job->setting.retry))) return outcome;
  }
}

}  // namespace sluice::engine
