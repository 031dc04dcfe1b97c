// SPDX-License-Identifier: Apache-2.0
// What a buffer of a task takes from the job's memory (setting.memory) as it grows. One thread at a time.
#pragma once

#include <list>
#include <optional>

#include "sluice/context.hpp"

namespace sluice::file {

class BufferMemory {
 public:
  // Of a short look at a file: nothing is taken.
  BufferMemory() = default;
  // Takes `bytes` of the job's memory, and waits for them. Later on, when others may wait for the task, nothing waits.
  BufferMemory(Context task, std::uint64_t bytes) : task_(task) { grow_to(bytes); }

  // To be called before the buffer is made `bytes` large. Throws when that is more than the job has.
  void grow_to(std::uint64_t bytes) {
    if (!task_ || bytes <= bytes_) return;
    parts_.emplace_back(*task_, bytes - bytes_);
    bytes_ = bytes;
  }

 private:
  std::optional<Context> task_;
  std::uint64_t bytes_ = 0;
  std::list<Reservation> parts_;
};

}  // namespace sluice::file
