// SPDX-License-Identifier: Apache-2.0
// The memory of record batches, used again and again; see batch_builder.hpp.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "sluice/arrow_c_data.h"
#include "sluice/buffer.hpp"

namespace sluice {

// The buffers of batches that were let go, for the batches to come: of one builder, or of the builders of all splits of
// a reader, one schema. From any thread.
class BatchPool {
 public:
  struct Column {
    Buffer values, offsets, validity;
    const void* buffers[3] = {};
    ArrowArray array{};
  };
  // A batch's memory; `pool` keeps the pool while the batch is with others.
  struct Parts {
    explicit Parts(size_t count) : columns(count) {
      for (auto& column : columns) children.push_back(&column.array);
    }
    size_t bytes() const {
      size_t sum = 0;
      for (const auto& column : columns) sum += column.values.capacity() + column.offsets.capacity();
      return sum;
    }
    std::shared_ptr<BatchPool> pool;
    std::deque<Column> columns;
    std::vector<ArrowArray*> children;
    const void* none[1] = {nullptr};
  };

  // With used buffers when there are some.
  std::unique_ptr<Parts> take(size_t columns) {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty() && idle_.back()->columns.size() == columns) {
        auto parts = std::move(idle_.back());
        idle_.pop_back();
        idle_bytes_ -= parts->bytes();
        return parts;
      }
    }
    return std::make_unique<Parts>(columns);
  }
  void give(std::unique_ptr<Parts> parts) {
    const size_t bytes = parts->bytes();
    const std::lock_guard lock(mutex_);
    if (idle_bytes_ + bytes > most_idle_bytes) return;
    idle_bytes_ += bytes;
    idle_.push_back(std::move(parts));
  }

 private:
  // What a usual pipe holds; one giant record's buffers are not worth keeping.
  static constexpr size_t most_idle_bytes = size_t{8} << 20;

  std::mutex mutex_;
  std::vector<std::unique_ptr<Parts>> idle_;
  size_t idle_bytes_ = 0;
};

}  // namespace sluice
