// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "engine/pipe.hpp"
#include "engine/run_resources.hpp"
#include "engine/split_memory.hpp"
#include "engine/split_tally.hpp"
#include "plugin/context.hpp"
#include "plugin/split.hpp"

namespace sluice::engine {

// The read half of a lane: reads one split, throttled and within the job's memory, into the pipe. Runs on one thread;
// cancel() from any.
class ReadHalf {
 public:
  ReadHalf(RunResources& run, const plugin::Split& split, std::uint32_t attempt, Pipe& pipe, SplitMemory& memory,
           SplitTally& tally);

  // Ends by closing the pipe, or by aborting it when something is wrong.
  void run();
  void cancel();

  // After run():
  const std::optional<plugin::Failure>& failure() const { return failure_; }
  std::chrono::nanoseconds throttle_wait() const { return throttle_wait_; }
  std::chrono::nanoseconds memory_wait() const { return memory_wait_; }

 private:
  bool read_all();
  bool set_memory_aside();
  void learn_memory(std::uint64_t batch);
  bool step();  // false at the end
  std::optional<Charge> charge_ahead();
  bool must_go_on() const;
  void hold_back(std::uint64_t bytes, std::uint64_t rows);
  bool fail(const plugin::Failure&);

  RunResources& run_;
  const plugin::Split& split_;
  Pipe& pipe_;
  SplitMemory& memory_;
  SplitTally& tally_;
  TaskServices services_;
  plugin::Context context_;
  std::mutex task_mutex_;
  std::optional<plugin::ReadTask> task_;
  const std::string call_;
  std::optional<plugin::Failure> failure_;
  std::chrono::nanoseconds throttle_wait_{0};
  std::chrono::nanoseconds memory_wait_{0};
};

}  // namespace sluice::engine
