// SPDX-License-Identifier: Apache-2.0
#include "engine/lane.hpp"

#include <algorithm>
#include <cmath>
#include <random>

namespace sluice::engine {

std::chrono::milliseconds pause_before(std::uint32_t retry, const job::Retry& rules) {
  thread_local std::minstd_rand random{std::random_device{}()};
  const double grown = static_cast<double>(rules.interval.count()) * std::pow(rules.backoff, retry - 1);
  const double jitter = std::uniform_real_distribution<>(0.75, 1.25)(random);
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::min(grown, 60'000.0) * jitter));
}

LaneOutcome run_with_retries(SplitRunner& runner, JobServices& services, const job::Retry& rules,
                             const plugin::Split& split, std::uint32_t first) {
  LaneOutcome outcome;
  for (;; ++outcome.retries) {
    outcome.last = runner.run(split, {first + outcome.retries, outcome.retries == rules.times});
    if (!outcome.last.retry || services.stop.requested()) return outcome;
    outcome.last.place.reset();
    services.warn("split " + split.label + " is tried again: " + outcome.last.failure->text());
    if (services.stop.wait_for(pause_before(outcome.retries + 1, rules))) return outcome;
  }
}

}  // namespace sluice::engine
