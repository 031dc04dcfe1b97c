// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>

#include "engine/open_job.hpp"
#include "engine/reading_memory.hpp"
#include "engine/run_link.hpp"
#include "engine/task_gate.hpp"
#include "engine/watchdog.hpp"

namespace sluice::engine {

// What all splits that run in one process share. Every member may be used from any thread.
struct RunResources {
  RunResources(OpenJob& open_job, RunLink& to_run, Watchdog& watches)
      : job(open_job),
        services(*open_job.services),
        link(to_run),
        watchdog(watches),
        read_places(open_job.services->lanes(), open_job.services->stop),
        reading_memory(services.budget.limit()) {}

  OpenJob& job;
  JobServices& services;
  RunLink& link;
  Watchdog& watchdog;
  // A lane reads the next split while it still writes the last one: so there may be a split more than there are lanes,
  // but never more that are read.
  TaskGate read_places;
  // A split was read to its end, and has its place at the writer if it has any records.
  std::function<void(const plugin::Split&)> read_over = [](const plugin::Split&) {};
  // For calls that an instance takes one by one: whoever waits for its turn is not in a call yet.
  std::mutex read_turn, start_turn;
  ReadingMemory reading_memory;
  std::atomic<std::uint64_t> typical_batch{std::uint64_t{256} << 10};  // bytes of the last batch, for charging ahead
};

}  // namespace sluice::engine
