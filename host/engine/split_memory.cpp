// SPDX-License-Identifier: Apache-2.0
#include "engine/split_memory.hpp"

#include <utility>

namespace sluice::engine {
namespace {

// What goes first stands last: the memory, then the charge - which wakes whoever waits for room.
struct OwnedBatch {
  OwnedBatch(Charge its_charge, record::Batch its_batch) : charge(std::move(its_charge)), batch(std::move(its_batch)) {}

  Charge charge;
  record::Batch batch;
};

}  // namespace

std::optional<Charge> SplitMemory::acquire(std::uint64_t bytes, const std::function<bool()>& urgent,
                                           const std::function<void()>& before_waiting) {
  if (!share_->acquire(bytes, urgent, before_waiting)) return std::nullopt;
  return Charge(share_, bytes);
}

std::uint64_t SplitMemory::needed(std::uint64_t bytes, std::size_t stage) const {
  const bool is_copied = stage == run_.job.processors.size() && run_.job.cast && !run_.job.cast->is_identity();
  return is_copied ? 2 * bytes : bytes;
}

record::SharedBatch SplitMemory::own(record::Batch batch, Charge charge) {
  auto owned = std::make_shared<OwnedBatch>(std::move(charge), std::move(batch));
  return {owned, &owned->batch};
}

record::SharedBatch SplitMemory::own(record::Batch batch, std::uint64_t bytes) {
  share_->charge(bytes);
  return own(std::move(batch), Charge(share_, bytes));
}

}  // namespace sluice::engine
