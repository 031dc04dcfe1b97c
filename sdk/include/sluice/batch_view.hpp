// SPDX-License-Identifier: Apache-2.0
// Batches as a plugin receives them: ownership (`Batch`) and typed access (`ColumnView`). No copies.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

#include "sluice/schema.hpp"

namespace sluice {

// One column of a batch, valid as long as the batch. Cheap to copy; safe from several threads.
class ColumnView {
 public:
  ColumnView(const ArrowArray& array, const Type& type)
      : type_(type),
        validity_(array.null_count == 0 || array.n_buffers == 0 ? nullptr
                                                                : static_cast<const uint8_t*>(array.buffers[0])),
        values_(array.n_buffers > 1 ? static_cast<const char*>(array.buffers[array.n_buffers - 1]) : nullptr),
        offsets_(array.n_buffers == 3 ? array.buffers[1] : nullptr),
        size_(array.length) {}

  const Type& type() const { return type_; }
  int64_t size() const { return size_; }
  bool has_nulls() const { return validity_ != nullptr || type_.id == TypeId::null_; }
  bool is_null(int64_t row) const {
    if (validity_ == nullptr) return type_.id == TypeId::null_;
    return ((validity_[row / 8] >> (row % 8)) & 1) == 0;
  }
  // Fixed-width types: T has the column's width (decimals: __int128 or 32 bytes, little endian).
  template <class T>
  T value(int64_t row) const {
    T out;
    std::memcpy(&out, values_ + row * static_cast<int64_t>(sizeof(T)), sizeof(T));
    return out;
  }
  bool boolean(int64_t row) const { return ((values_[row / 8] >> (row % 8)) & 1) != 0; }
  // utf8 and binary.
  std::string_view text(int64_t row) const {
    if (type_.id == TypeId::large_utf8 || type_.id == TypeId::large_binary) return text_at<int64_t>(row);
    return text_at<int32_t>(row);
  }

 private:
  template <class Offset>
  std::string_view text_at(int64_t row) const {
    const auto* offsets = static_cast<const Offset*>(offsets_);
    return {values_ + offsets[row], static_cast<size_t>(offsets[row + 1] - offsets[row])};
  }

  Type type_;
  const uint8_t* validity_;
  const char* values_;
  const void* offsets_;
  int64_t size_;
};

// Owns a batch; move-only. Released at the end of its life, from any thread.
class Batch {
 public:
  Batch() = default;
  // Takes the array.
  explicit Batch(ArrowArray* array) : array_(*array) { array->release = nullptr; }
  Batch(Batch&& other) noexcept : array_(std::exchange(other.array_, {})) {}
  Batch& operator=(Batch&& other) noexcept {
    if (this != &other) {
      reset();
      array_ = std::exchange(other.array_, {});
    }
    return *this;
  }
  ~Batch() { reset(); }

  int64_t size() const { return array_.length; }
  size_t columns() const { return static_cast<size_t>(array_.n_children); }
  const ArrowArray& raw() const { return array_; }
  explicit operator bool() const { return array_.release != nullptr; }
  ColumnView column(size_t index, const Type& type) const { return {*array_.children[index], type}; }
  // Hands the batch over.
  void release_to(ArrowArray* out) { *out = std::exchange(array_, {}); }

 private:
  void reset() {
    if (array_.release != nullptr) array_.release(&array_);
    array_.release = nullptr;
  }

  ArrowArray array_{};
};

}  // namespace sluice
