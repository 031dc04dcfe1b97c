// SPDX-License-Identifier: Apache-2.0
// Room in the job's memory for a buffer that is as large as the records in it. Small ones are nobody's concern.
#pragma once

#include <cstdint>

#include "sluice/context.hpp"

namespace sluice::sql {

// One thread. Reserves what it is told, and gives it back at the end of its life.
class LargeBuffer {
 public:
  explicit LargeBuffer(Context task) : task_(task) {}
  ~LargeBuffer() {
    if (reserved_ > 0) task_.raw()->unreserve(task_.raw(), reserved_);
  }
  LargeBuffer(const LargeBuffer&) = delete;
  LargeBuffer& operator=(const LargeBuffer&) = delete;

  // The buffer has so many bytes by now, or will in a moment. Throws when the job stops.
  void grow(uint64_t bytes) {
    if (bytes > small + reserved_) [[unlikely]]
      reserve(bytes - small);
  }

 private:
  static constexpr uint64_t small = 1 << 20;

  void reserve(uint64_t bytes) {
    SluiceError error{};
    error.struct_size = sizeof error;
    const SluiceStatus status = task_.raw()->reserve(task_.raw(), bytes - reserved_, &error);
    // A record may be larger than all of the job's memory, and passes all the same.
    if (status == SLUICE_NO_MEMORY) return;
    if (status != SLUICE_OK) throw Error(status, error.message);
    reserved_ = bytes;
  }

  Context task_;
  uint64_t reserved_ = 0;
};

}  // namespace sluice::sql
