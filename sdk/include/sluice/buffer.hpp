// SPDX-License-Identifier: Apache-2.0
// Memory that grows, for the values of a column. One thread.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

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
    std::memcpy(to, from, 16);
    if (count <= 16) return;
    if (count > 64) {
      std::memcpy(to, from, count);
      return;
    }
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

}  // namespace sluice
