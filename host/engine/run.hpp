// SPDX-License-Identifier: Apache-2.0
//
// One run of an open job, from plan to summary.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "engine/open_job.hpp"
#include "engine/progress.hpp"
#include "engine/run_state.hpp"
#include "engine/split_runner.hpp"
#include "engine/summary.hpp"

namespace sluice::engine {

// What a run tells while it goes on. Called from the thread that called run().
struct RunHooks {
  std::function<void(const Progress&)> progress;
  std::chrono::milliseconds interval{1000};
};

struct RunRules {
  RunnerFactory runner;                     // where splits run; empty: on threads of this process
  std::chrono::milliseconds grace{10'000};  // for a call that was cancelled, before the process gives up on it
};

// Plans, prepares, runs every split, completes; or goes on where the run state says that an earlier process stopped.
// Blocks; handles SIGINT and SIGTERM meanwhile. The summary is complete whatever happened.
Summary run(OpenJob&, RunState&, const RunRules&, const RunHooks&);

// "20251101T023045-4f1d": sorts by time, unique enough for one machine.
std::string make_run_id();

}  // namespace sluice::engine
