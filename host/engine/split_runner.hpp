// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include "engine/run_link.hpp"
#include "engine/split_run.hpp"

namespace sluice::engine {

// Where splits run: the threads of this process, or child processes (host/launch). Any thread, several splits at once.
class SplitRunner {
 public:
  virtual ~SplitRunner() = default;
  // Blocks until the attempt is over.
  virtual SplitOutcome run(const plugin::Split&, Attempt) = 0;
  // Of other processes: what they took together at most, in bytes.
  virtual std::uint64_t peak_memory() const { return 0; }
};

using RunnerFactory = std::function<std::unique_ptr<SplitRunner>(RunResources&)>;

}  // namespace sluice::engine
