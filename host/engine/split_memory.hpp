// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "engine/run_resources.hpp"
#include "record/batch.hpp"

namespace sluice::engine {

// Charges the batches of one split to the job's memory, for as long as anybody holds them. Any thread.
class SplitMemory {
 public:
  explicit SplitMemory(RunResources& run) : run_(run), share_(std::make_shared<Share>(run.services.budget)) {}

  // Room for a batch, see Share; nothing when the run is stopping.
  std::optional<Charge> acquire(std::uint64_t bytes, const std::function<bool()>& urgent,
                                const std::function<void()>& before_waiting);
  // The split has its place at the writer.
  void flow() { share_->flow(); }

  // What a batch of that many bytes takes, `stage` being where it arrives (processors first, the writer last): there
  // the cast makes a copy.
  std::uint64_t needed(std::uint64_t bytes, std::size_t stage) const;
  // A batch that gives its charge back once its memory is free.
  record::SharedBatch own(record::Batch, Charge);
  // Of a batch that is there already: charged without waiting.
  record::SharedBatch own(record::Batch, std::uint64_t bytes);

  bool holds_any() const { return share_->used() > 0; }

 private:
  RunResources& run_;
  const std::shared_ptr<Share> share_;  // of the batches, too: they may outlive the split
};

}  // namespace sluice::engine
