// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "engine/run_resources.hpp"
#include "record/batch.hpp"

namespace sluice::engine {

// Charges the batches of one split to the job's memory, for as long as anybody holds them. Any thread.
class SplitMemory {
 public:
  explicit SplitMemory(RunResources& run) : run_(run), alive_(std::make_shared<std::atomic<std::uint64_t>>(0)) {}

  // What a batch of that many bytes takes, `stage` being where it arrives (processors first, the writer last): there
  // the cast makes a copy.
  std::uint64_t needed(std::uint64_t bytes, std::size_t stage) const;
  // A batch that gives its charge back once its memory is free.
  record::SharedBatch own(record::Batch, Charge);
  // Of a batch that is there already: charged without waiting.
  record::SharedBatch own(record::Batch, std::uint64_t bytes);

  bool holds_any() const { return *alive_ > 0; }

 private:
  RunResources& run_;
  const std::shared_ptr<std::atomic<std::uint64_t>> alive_;  // bytes; batches may outlive the split
};

}  // namespace sluice::engine
