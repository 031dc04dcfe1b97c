// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/job_services.hpp"
#include "engine/split_runner.hpp"

namespace sluice::engine {

// Runs one split until it is committed, has failed for good, or the run stops: a failure that a later try may mend is
// tried again from a rolled-back start, after a growing pause. Blocks.
struct LaneOutcome {
  SplitOutcome last;
  std::uint32_t retries = 0;
};

// Grows with every retry, from 1, up to a minute; jitter keeps lanes from coming back all at once.
std::chrono::milliseconds pause_before(std::uint32_t retry, const job::Retry&);

// `first`: the number of the first attempt.
LaneOutcome run_with_retries(SplitRunner&, JobServices&, const job::Retry&, const plugin::Split&, std::uint32_t first);

}  // namespace sluice::engine
