// SPDX-License-Identifier: Apache-2.0
#include "engine/reading_memory.hpp"

#include <algorithm>

namespace sluice::engine {
namespace {

// By the plan: stores pack what they keep, so that the record may be a hundred times as large.
constexpr std::int64_t large_record = std::int64_t{64} << 10;

bool has_large_records(const plugin::Split& split) {
  return split.records > 0 && split.bytes / split.records >= large_record;
}

}  // namespace

std::uint64_t ReadingMemory::of(const plugin::Split& split) const {
  const std::lock_guard lock(mutex_);
  if (most_) return *most_;
  return has_large_records(split) ? limit_ : 0;
}

void ReadingMemory::learn(std::uint64_t buffers, std::uint64_t batch) {
  const std::lock_guard lock(mutex_);
  most_ = std::max(most_.value_or(0), buffers == 0 ? 0 : buffers + batch);
}

}  // namespace sluice::engine
