// SPDX-License-Identifier: Apache-2.0
// What a task's buffer takes from the job's memory (setting.memory) as it grows with the records in it.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "sluice/context.hpp"

namespace sluice {

// One thread at a time; given back at the end of its life. A record may need more than all of the job's memory and
// passes all the same: what cannot be had is not taken.
class BufferMemory {
 public:
  // Takes nothing.
  BufferMemory() = default;
  // `free`: bytes that are nobody's concern.
  explicit BufferMemory(Context task, uint64_t free = 0) : task_(task), free_(free) {}
  BufferMemory(BufferMemory&& other) noexcept
      : task_(other.task_), free_(other.free_), taken_(std::exchange(other.taken_, 0)) {}
  BufferMemory& operator=(BufferMemory&&) = delete;
  ~BufferMemory() { shrink_to(0); }

  // Before the buffer has `bytes`. May wait in `read`; throws when the job stops.
  void grow_to(uint64_t bytes) {
    if (task_ && bytes > free_ + taken_) [[unlikely]]
      take(bytes - free_ - taken_);
  }
  // After it has no more than `bytes`.
  void shrink_to(uint64_t bytes) noexcept {
    const uint64_t needed = bytes > free_ ? bytes - free_ : 0;
    if (taken_ <= needed) return;
    task_->raw()->unreserve(task_->raw(), taken_ - needed);
    taken_ = needed;
  }

 private:
  void take(uint64_t bytes) {
    SluiceError error{};
    error.struct_size = sizeof error;
    const SluiceStatus status = task_->raw()->reserve(task_->raw(), bytes, &error);
    if (status == SLUICE_NO_MEMORY) return;
    if (status != SLUICE_OK) throw Error(status, error.message);
    taken_ += bytes;
  }

  std::optional<Context> task_;
  uint64_t free_ = 0;
  uint64_t taken_ = 0;
};

}  // namespace sluice
