// SPDX-License-Identifier: Apache-2.0
#include "engine/split_memory.hpp"

#include <utility>

namespace sluice::engine {
namespace {

using Count = std::shared_ptr<std::atomic<std::uint64_t>>;

// What goes first stands last: the memory, the count, the charge - which wakes whoever waits for room.
struct OwnedBatch {
  struct Counted {
    Charge charge;
    Count alive;
    ~Counted() { *alive -= charge.bytes(); }
  };

  OwnedBatch(Charge charge, Count alive, record::Batch its_batch)
      : counted{std::move(charge), std::move(alive)}, batch(std::move(its_batch)) {}

  Counted counted;
  record::Batch batch;
};

}  // namespace

std::uint64_t SplitMemory::needed(std::uint64_t bytes, std::size_t stage) const {
  const bool is_copied = stage == run_.job.processors.size() && run_.job.cast && !run_.job.cast->is_identity();
  return is_copied ? 2 * bytes : bytes;
}

record::SharedBatch SplitMemory::own(record::Batch batch, Charge charge) {
  *alive_ += charge.bytes();
  auto owned = std::make_shared<OwnedBatch>(std::move(charge), alive_, std::move(batch));
  return {owned, &owned->batch};
}

record::SharedBatch SplitMemory::own(record::Batch batch, std::uint64_t bytes) {
  run_.services.budget.charge(bytes);
  return own(std::move(batch), Charge(run_.services.budget, bytes));
}

}  // namespace sluice::engine
