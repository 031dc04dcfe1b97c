// SPDX-License-Identifier: Apache-2.0
// Builds record batches column by column.
//
//     sluice::BatchBuilder builder(schema);
//     builder.column(0).append<int64_t>(7);
//     builder.column(1).append_text("seven");
//     builder.finish(out);   // hands the batch over; the builder starts the next one
//
// One thread at a time. The buffers of a finished batch come back through its release callback (from any
// thread) and are used again, so that nothing is allocated per row, and in the long run nothing per batch.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <new>
#include <utility>

#include "sluice/batch_pool.hpp"
#include "sluice/column_builder.hpp"
#include "sluice/schema.hpp"

namespace sluice {

class BatchBuilder {
 public:
  // A pool that outlives the builder spares the next one, of the same schema, to allocate and to touch memory anew.
  explicit BatchBuilder(const Schema& schema, std::shared_ptr<BatchPool> pool = std::make_shared<BatchPool>())
      : pool_(std::move(pool)) {
    for (const auto& field : schema.fields()) columns_.emplace_back(field.type);
    const std::unique_ptr<Parts> parts = pool_->take(columns_.size());
    for (size_t i = 0; i < columns_.size(); ++i) {
      swap_buffers(columns_[i], parts->columns[i]);
      columns_[i].start();
    }
  }
  BatchBuilder(BatchBuilder&&) = default;
  BatchBuilder& operator=(BatchBuilder&&) = delete;
  ~BatchBuilder() {
    if (pool_ == nullptr || pool_.use_count() == 1) return;  // moved from, or nobody is left to use it
    try {
      auto parts = std::make_unique<Parts>(columns_.size());
      for (size_t i = 0; i < columns_.size(); ++i) swap_buffers(columns_[i], parts->columns[i]);
      pool_->give(std::move(parts));
    } catch (const std::bad_alloc&) {
    }
  }

  ColumnBuilder& column(size_t index) { return columns_[index]; }
  size_t columns() const { return columns_.size(); }
  // Records so far: those that every column has.
  int64_t size() const { return columns_.empty() ? 0 : columns_.back().size(); }
  uint64_t bytes() const {
    uint64_t sum = 0;
    for (const auto& column : columns_) sum += column.bytes();
    return sum;
  }
  // Makes all columns `size` records long again, after a record failed half-way.
  void truncate(int64_t size) {
    for (auto& column : columns_)
      while (column.size() > size) column.drop_last();
  }

  // Moves the batch to `out` and starts the next one.
  void finish(ArrowArray* out) {
    std::unique_ptr<Parts> parts = pool_->take(columns_.size());
    parts->pool = pool_;
    for (size_t i = 0; i < columns_.size(); ++i) hand_over(columns_[i], parts->columns[i]);
    *out = {size(),  0,        0,      1, static_cast<int64_t>(columns_.size()), parts->none, parts->children.data(),
            nullptr, &release, nullptr};
    for (auto& column : columns_) column.start();
    out->private_data = parts.release();
  }

 private:
  using Column = BatchPool::Column;
  using Parts = BatchPool::Parts;

  static void swap_buffers(ColumnBuilder& one, Column& other) {
    std::swap(one.values_, other.values);
    std::swap(one.offsets_, other.offsets);
    std::swap(one.validity_, other.validity);
  }
  static void hand_over(ColumnBuilder& from, Column& to) {
    swap_buffers(from, to);
    from.values_.expect(to.values);
    from.offsets_.expect(to.offsets);
    to.buffers[0] = from.null_count_ == 0 ? nullptr : to.validity.data();
    to.buffers[1] = from.type_.is_variable() ? data_of(to.offsets) : data_of(to.values);
    to.buffers[2] = data_of(to.values);
    const int64_t buffers = from.type_.is_variable() ? 3 : from.type_.id == TypeId::null_ ? 0 : 2;
    to.array = {from.size_,
                from.type_.id == TypeId::null_ ? from.size_ : from.null_count_,
                0,
                buffers,
                0,
                to.buffers,
                nullptr,
                nullptr,
                [](ArrowArray* child) { child->release = nullptr; },
                nullptr};  // freed with its parent
  }
  static const void* data_of(const Buffer& buffer) {
    static const uint64_t nothing[8] = {};
    return buffer.data() == nullptr ? static_cast<const void*>(nothing) : buffer.data();
  }
  static void release(ArrowArray* array) {
    std::unique_ptr<Parts> parts(static_cast<Parts*>(array->private_data));
    array->release = nullptr;
    for (ArrowArray* child : parts->children)
      if (child->release != nullptr) child->release(child);
    const std::shared_ptr<BatchPool> pool = std::move(parts->pool);
    pool->give(std::move(parts));
  }

  std::deque<ColumnBuilder> columns_;
  std::shared_ptr<BatchPool> pool_;
};

}  // namespace sluice
