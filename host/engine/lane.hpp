// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/thread_pool.hpp>

#include "engine/split_run.hpp"

namespace sluice::engine {

// Runs one split until it is committed, has failed for good, or the run stops: a failure that a later try may mend is
// tried again from a rolled-back start, after a growing pause. Blocks.
struct LaneOutcome {
  SplitOutcome last;
  std::uint32_t retries = 0;
};

// `first`: the number of the first attempt.
LaneOutcome run_with_retries(RunResources&, const plugin::Split&, std::uint32_t first, boost::asio::thread_pool& pool);

}  // namespace sluice::engine
