// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>

#include "plugin/split.hpp"

namespace sluice::engine {

// What to set aside of the job's memory before a split is read. A large record is in a reader's buffers before the
// reader can say how large it is; so it is learnt from the splits so far. Any thread.
class ReadingMemory {
 public:
  explicit ReadingMemory(std::uint64_t limit) : limit_(limit) {}

  // Nothing before the first batch of all, so that the lanes begin at once - or, when the plan says that the records
  // are large, everything: one lane begins, and its first batch tells the others.
  std::uint64_t of(const plugin::Split&) const;

  // `buffers`: what a reader has reserved. Is it something, then its batches are not small either, and come on top once
  // more for what the writer makes of them; is it nothing, there is nothing to wait for.
  void learn(std::uint64_t buffers, std::uint64_t batch);

 private:
  const std::uint64_t limit_;
  mutable std::mutex mutex_;
  std::optional<std::uint64_t> most_;
};

}  // namespace sluice::engine
