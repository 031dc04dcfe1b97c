// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>

#include "engine/dirty_file.hpp"
#include "engine/error_limit.hpp"
#include "engine/open_job.hpp"
#include "engine/run_state.hpp"
#include "engine/task_gate.hpp"
#include "engine/watchdog.hpp"

namespace sluice::engine {

// Records as they pass, for the progress line; what a summary says comes from the splits' own counters.
struct LiveCounters {
  std::atomic<std::uint64_t> read{0}, written{0}, dirty{0}, bytes{0};
};

// What all splits of one run share. Every member may be used from any thread.
struct RunResources {
  // `splits`: how many are still to be run.
  RunResources(OpenJob& open_job, RunState& state, std::size_t splits, Watchdog& watches)
      : job(open_job),
        services(*open_job.services),
        journal(state.journal()),
        limit(open_job.job->setting.error_limit, splits, state.history().committed()),
        dirty(state.directory(), state.history()),
        gate(open_job.target.offer.max_tasks, services.stop),
        watchdog(watches) {}

  OpenJob& job;
  JobServices& services;
  Journal& journal;
  ErrorLimit limit;
  DirtyFile dirty;
  TaskGate gate;
  Watchdog& watchdog;
  LiveCounters live;
  std::atomic<std::uint64_t> typical_batch{std::uint64_t{256} << 10};  // bytes of the last batch, for charging ahead
};

}  // namespace sluice::engine
