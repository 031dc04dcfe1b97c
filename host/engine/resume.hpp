// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "engine/open_job.hpp"
#include "engine/run_state.hpp"
#include "engine/watchdog.hpp"
#include "plugin/split.hpp"

namespace sluice::engine {

// Where a run begins: with a new plan, or with the one of an earlier process, once it is certain that nothing can be
// lost or doubled. Makes plugin calls; one thread.
class Resume {
 public:
  Resume(OpenJob& job, RunState& state, Watchdog& watchdog) : job_(job), state_(state), watchdog_(watchdog) {}

  // The splits, durably kept. Every split that was in doubt has been settled.
  plugin::Result<std::vector<plugin::Split>> plan();

 private:
  plugin::Result<std::vector<plugin::Split>> plan_anew();
  plugin::Result<void> settle_doubts();
  plugin::Result<void> settle(const std::string& split, const SplitHistory&);
  plugin::Result<void> check_stable(const std::vector<plugin::Split>&) const;
  plugin::Result<void> check_source(const std::vector<plugin::Split>&);

  OpenJob& job_;
  RunState& state_;
  Watchdog& watchdog_;
};

}  // namespace sluice::engine
