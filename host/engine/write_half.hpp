// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/pipe.hpp"
#include "engine/run_resources.hpp"
#include "engine/split_memory.hpp"
#include "engine/split_tally.hpp"
#include "plugin/context.hpp"
#include "plugin/split.hpp"

namespace sluice::engine {

// The write half of a lane: takes batches from the pipe through the processors and the cast to the writer. Runs on
// one thread; cancel() from any. A write task starts with the first batch and ends in commit() or abort().
class WriteHalf {
 public:
  // `entered`: it has its place at the writer.
  WriteHalf(RunResources& run, const plugin::Split& split, std::uint32_t attempt, Pipe& pipe, SplitMemory& memory,
            SplitTally& tally, std::function<void()> entered);

  // Until the pipe ends: every record is written, skipped or refused. False when that failed, the error limit was
  // crossed or the pipe was aborted.
  bool run();
  // The failure of commit() may be `outcome unknown`. A split without records needs no commit.
  plugin::Result<std::string> commit_token();
  plugin::Result<void> commit(const Counters&);
  void abort();
  void cancel();

  // Its turn at the writer; false when the run is stopping.
  bool await_place();
  std::shared_ptr<const Place> place() const { return place_; }
  const std::optional<plugin::Failure>& failure() const { return failure_; }

 private:
  struct Stage {  // a processor at work
    std::unique_ptr<TaskServices> services;
    std::unique_ptr<plugin::Context> context;
    std::optional<plugin::ProcessTask> task;
    std::int64_t next_ordinal = 0;
    std::string start_call, call;
  };

  bool take_all();
  bool pass(std::size_t stage, record::SharedBatch batch);
  bool process(std::size_t stage, record::SharedBatch batch);
  bool pass_on(std::size_t stage, record::Batch processed);
  bool write(const record::SharedBatch& batch);
  bool finish_processors();
  bool flush();
  bool start_processors();
  bool start_writer();
  bool is_sound();
  bool fail(const plugin::Failure&);

  RunResources& run_;
  OpenJob& job_;
  const plugin::Split& split_;
  const std::uint32_t attempt_;
  Pipe& pipe_;
  SplitMemory& memory_;
  SplitTally& tally_;
  const std::function<void()> entered_;
  std::vector<Stage> stages_;
  TaskServices services_;
  plugin::Context context_;
  std::shared_ptr<const Place> place_;
  std::mutex task_mutex_;
  std::optional<plugin::WriteTask> task_;
  const std::string start_call_, write_call_, flush_call_, commit_call_, abort_call_;
  std::int64_t next_ordinal_ = 0;
  std::uint64_t held_bytes_ = 0;  // written since the last flush
  bool holds_any_ = false;
  const std::uint64_t most_held_;
  std::optional<plugin::Failure> failure_;
};

}  // namespace sluice::engine
