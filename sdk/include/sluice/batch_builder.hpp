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

#include <cassert>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <memory>
#include <mutex>
#include <new>
#include <string_view>
#include <utility>
#include <vector>

#include "sluice/schema.hpp"

namespace sluice {

// A growable piece of memory, 64-byte aligned.
class Buffer {
 public:
  Buffer() = default;
  Buffer(Buffer&& other) noexcept { swap(other); }
  Buffer& operator=(Buffer&& other) noexcept {
    swap(other);
    return *this;
  }
  ~Buffer() { std::free(data_); }

  char* data() { return data_; }
  const char* data() const { return data_; }
  size_t size() const { return size_; }
  size_t capacity() const { return capacity_; }
  void clear() { size_ = 0; }
  void resize(size_t size) {
    if (size > capacity_) grow(size);
    size_ = size;
  }
  // Room for as much as `other` holds and a little more, when there is none yet: growing by doubling copies, and ends
  // with up to twice the room.
  void expect(const Buffer& other) {
    if (capacity_ == 0 && other.size_ != 0) allocate(other.size_ + other.size_ / 8);
  }
  void append(const void* bytes, size_t count) {
    if (size_ + count > capacity_) [[unlikely]]
      grow(size_ + count);
    copy(data_ + size_, static_cast<const char*>(bytes), count);
    size_ += count;
  }
  // Room for `count` bytes behind the last; count what was written there with used().
  char* make_room(size_t count) {
    if (size_ + count > capacity_) [[unlikely]]
      grow(size_ + count);
    return data_ + size_;
  }
  void used(size_t count) { size_ += count; }
  // Where up to 16 bytes more may be read and written.
  static void copy_padded(char* to, const char* from, size_t count) {
    if (count > 64) {
      std::memcpy(to, from, count);
      return;
    }
    std::memcpy(to, from, 16);
    for (size_t done = 16; done < count; done += 16) std::memcpy(to + done, from + done, 16);
  }
  // Reads at least 16 bytes.
  void append_padded(const char* bytes, size_t count) {
    if (size_ + count + 16 > capacity_) [[unlikely]]
      grow(size_ + count + 16);
    std::memcpy(data_ + size_, bytes, 16);
    if (count > 16) std::memcpy(data_ + size_ + 16, bytes + 16, count - 16);
    size_ += count;
  }
  template <class T>
  void push(const T& value) {
    if (size_ + sizeof(T) > capacity_) [[unlikely]]
      grow(size_ + sizeof(T));
    std::memcpy(data_ + size_, &value, sizeof(T));
    size_ += sizeof(T);
  }

 private:
  void swap(Buffer& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }
  // Most values are short: two overlapping words instead of a call.
  static void copy(char* to, const char* from, size_t count) {
    if (count > 16)
      std::memcpy(to, from, count);
    else if (count >= 8)
      copy_ends<uint64_t>(to, from, count);
    else if (count >= 4)
      copy_ends<uint32_t>(to, from, count);
    else
      for (size_t i = 0; i < count; ++i) to[i] = from[i];
  }
  template <class Word>
  static void copy_ends(char* to, const char* from, size_t count) {
    Word first, last;
    std::memcpy(&first, from, sizeof(Word));
    std::memcpy(&last, from + count - sizeof(Word), sizeof(Word));
    std::memcpy(to, &first, sizeof(Word));
    std::memcpy(to + count - sizeof(Word), &last, sizeof(Word));
  }
  [[gnu::noinline]] void grow(size_t least) {
    size_t wanted = capacity_ < 4096 ? 4096 : capacity_ * 2;
    allocate(wanted < least ? least : wanted);
  }
  void allocate(size_t wanted) {
    wanted = (wanted + 63) & ~size_t{63};
    auto* bigger = static_cast<char*>(std::aligned_alloc(64, wanted));
    if (bigger == nullptr) throw std::bad_alloc();
    if (size_ != 0) std::memcpy(bigger, data_, size_);
    std::free(data_);
    data_ = bigger;
    capacity_ = wanted;
  }

  char* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

// One column of the batch under construction. The caller appends values of the column's own type.
class ColumnBuilder {
 public:
  explicit ColumnBuilder(Type type)
      : type_(type), width_(type.width()), is_large_(type.id == TypeId::large_utf8 || type.id == TypeId::large_binary) {
    start();
  }

  const Type& type() const { return type_; }
  int64_t size() const { return size_; }
  uint64_t bytes() const { return values_.size() + offsets_.size(); }

  void append_null() {
    if (validity_.size() == 0) begin_validity();
    mark(false);
    ++null_count_;
    if (type_.is_variable())
      push_offset();
    else if (type_.id == TypeId::boolean)
      append_bit(false);
    else if (width_ != 0)  // the type null has no values
      values_.resize(values_.size() + width_), std::memset(values_.data() + values_.size() - width_, 0, width_);
    ++size_;
  }
  // Fixed-width types: T has the column's width.
  template <class T>
  void append(const T& value) {
    assert(sizeof(T) == width_);
    values_.push(value);
    present();
  }
  // `count` more values, none of them NULL, for the caller to fill in at once. T as for append().
  template <class T>
  T* extend(size_t count) {
    assert(sizeof(T) == width_);
    const size_t at = values_.size();
    values_.resize(at + count * sizeof(T));
    add_present(count);
    return reinterpret_cast<T*>(values_.data() + at);
  }
  void append_boolean(bool value) {
    append_bit(value);
    present();
  }
  // utf8 and binary.
  void append_text(std::string_view text) {
    values_.append(text.data(), text.size());
    push_offset();
    present();
  }
  // The same, for a text behind whose begin at least 16 bytes may be read: quicker for short ones.
  void append_padded_text(std::string_view text) {
    values_.append_padded(text.data(), text.size());
    push_offset();
    present();
  }
  // `count` more texts of utf8 or binary, none of them NULL, that have `bytes` bytes together: text_of(0), text_of(1)
  // ... Behind each of them 16 bytes may be read.
  template <class TextOf>
  void append_padded_texts(size_t count, size_t bytes, TextOf text_of) {
    if (is_large_)
      append_texts_at<int64_t>(count, bytes, text_of);
    else
      append_texts_at<int32_t>(count, bytes, text_of);
    add_present(count);
  }
  // Room for `size` bytes of one utf8 or binary value; write there, then call append_reserved with what was used.
  char* reserve_text(size_t size) {
    reserved_at_ = values_.size();
    values_.resize(reserved_at_ + size);
    return values_.data() + reserved_at_;
  }
  void append_reserved(size_t used) {
    values_.resize(reserved_at_ + used);
    push_offset();
    present();
  }
  // Takes back the last value, so that a record found bad half-way can be dropped from all columns.
  void drop_last() {
    --size_;
    if (validity_.size() != 0) {
      char& byte = validity_.data()[size_ / 8];
      const char bit = static_cast<char>(1 << (size_ % 8));
      if ((byte & bit) == 0) --null_count_;
      byte = static_cast<char>(byte & ~bit);
      validity_.resize(static_cast<size_t>((size_ + 7) / 8));
      if (size_ == 0) begin_validity();
    }
    if (type_.is_variable())
      drop_offset();
    else if (type_.id == TypeId::boolean)
      values_.resize(static_cast<size_t>((size_ + 7) / 8)), clear_bit_tail();
    else
      values_.resize(values_.size() - width_);
  }

 private:
  friend class BatchBuilder;

  void start() {
    size_ = null_count_ = 0;
    values_.clear();
    validity_.clear();
    offsets_.clear();
    if (type_.is_variable()) push_offset();
  }
  void push_offset() {
    if (is_large_) return offsets_.push(static_cast<int64_t>(values_.size()));
    if (values_.size() > INT32_MAX) [[unlikely]]
      throw_too_large();
    offsets_.push(static_cast<int32_t>(values_.size()));
  }
  [[noreturn, gnu::noinline]] static void throw_too_large() {
    throw unsupported("a batch's column holds more than 2 GiB of text");
  }
  template <class Offset, class TextOf>
  void append_texts_at(size_t count, size_t bytes, TextOf& text_of) {
    if (sizeof(Offset) == 4 && values_.size() + bytes > INT32_MAX) [[unlikely]]
      throw_too_large();
    char* to = values_.make_room(bytes + 16);
    char* offset = offsets_.make_room(count * sizeof(Offset));
    auto end = static_cast<Offset>(values_.size());
    for (size_t i = 0; i < count; ++i, offset += sizeof(Offset)) {
      const std::string_view text = text_of(i);
      Buffer::copy_padded(to, text.data(), text.size());
      to += text.size();
      end += static_cast<Offset>(text.size());
      std::memcpy(offset, &end, sizeof(Offset));
    }
    values_.used(bytes);
    offsets_.used(count * sizeof(Offset));
  }
  void drop_offset() {
    const size_t each = is_large_ ? 8 : 4;
    offsets_.resize(offsets_.size() - each);
    int64_t wide = 0;
    int32_t narrow = 0;
    const char* last = offsets_.data() + offsets_.size() - each;
    if (is_large_)
      std::memcpy(&wide, last, 8);
    else
      std::memcpy(&narrow, last, 4), wide = narrow;
    values_.resize(static_cast<size_t>(wide));
  }
  void append_bit(bool value) {
    if (size_ % 8 == 0) values_.push(char{0});
    if (value) values_.data()[size_ / 8] = static_cast<char>(values_.data()[size_ / 8] | (1 << (size_ % 8)));
  }
  void clear_bit_tail() {
    if (size_ % 8 != 0)
      values_.data()[size_ / 8] = static_cast<char>(values_.data()[size_ / 8] & ((1 << (size_ % 8)) - 1));
  }
  void present() {
    if (validity_.size() != 0) mark(true);
    ++size_;
  }
  void add_present(size_t count) {
    if (validity_.size() == 0)
      size_ += static_cast<int64_t>(count);
    else
      for (size_t i = 0; i < count; ++i) present();
  }
  // Until the first NULL there is no bitmap; then one for what is there already, all set.
  void begin_validity() {
    const size_t bytes = static_cast<size_t>(size_ / 8 + 1);
    validity_.resize(bytes);
    std::memset(validity_.data(), 0xFF, bytes);
    validity_.data()[bytes - 1] = static_cast<char>((1 << (size_ % 8)) - 1);
  }
  void mark(bool valid) {
    const size_t byte = static_cast<size_t>(size_ / 8);
    if (byte >= validity_.size()) validity_.push(char{0});
    if (valid) validity_.data()[byte] = static_cast<char>(validity_.data()[byte] | (1 << (size_ % 8)));
  }

  Type type_;
  size_t width_;
  bool is_large_;
  int64_t size_ = 0;
  int64_t null_count_ = 0;
  size_t reserved_at_ = 0;
  Buffer values_, offsets_, validity_;
};

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
  static constexpr size_t most_idle_bytes = size_t{16} << 20;

  std::mutex mutex_;
  std::vector<std::unique_ptr<Parts>> idle_;
  size_t idle_bytes_ = 0;
};

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
