// SPDX-License-Identifier: Apache-2.0
#include "engine/split_memory.hpp"

#include <utility>

namespace sluice::engine {
namespace {

// Of a batch, for each of its columns: what Arrow's structures and the ends of its buffers take. It matters where batches
// are small: a job that is throttled to some records a second has one in a batch, and a writer holds 16 MiB of them.
constexpr std::uint64_t column_frame = 640;

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
  const std::uint64_t batch = bytes + column_frame * run_.job.source.size();
  return is_copied ? 2 * batch : batch;
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
