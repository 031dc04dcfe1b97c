// SPDX-License-Identifier: Apache-2.0
// One column of a record batch under construction; see batch_builder.hpp. One thread at a time.
#pragma once

#include <cassert>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "sluice/buffer.hpp"
#include "sluice/error.hpp"
#include "sluice/schema.hpp"

namespace sluice {

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

}  // namespace sluice
