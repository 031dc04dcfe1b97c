// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace sluice::record {

// Raw memory of one array buffer: grows without being zeroed first. Move-only, one thread.
class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(std::size_t size) { resize(size); }
  Buffer(Buffer&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, 0)),
        room_(std::exchange(other.room_, 0)) {}
  Buffer& operator=(Buffer&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(room_, other.room_);
    return *this;
  }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() { std::free(data_); }

  static Buffer zeroed(std::size_t size) {
    Buffer buffer(size);
    if (size > 0) std::memset(buffer.data_, 0, size);
    return buffer;
  }

  std::uint8_t* data() { return data_; }
  const std::uint8_t* data() const { return data_; }
  std::size_t size() const { return size_; }

  void resize(std::size_t size) {
    if (size > room_) grow(size);
    size_ = size;
  }
  // Room for `more` bytes behind what is there; follow with resize() to the end of what was written.
  std::uint8_t* reserve(std::size_t more) {
    if (size_ + more > room_) grow(size_ + more > 2 * room_ ? size_ + more : 2 * room_);
    return data_ + size_;
  }
  void append(const void* bytes, std::size_t size) {
    if (size == 0) return;
    std::memcpy(reserve(size), bytes, size);
    size_ += size;
  }
  template <class T>
  void append(T value) {
    append(&value, sizeof value);
  }

 private:
  void grow(std::size_t room) {
    void* data = std::realloc(data_, room);
    if (data == nullptr) throw std::bad_alloc();
    data_ = static_cast<std::uint8_t*>(data);
    room_ = room;
  }

  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t room_ = 0;
};

}  // namespace sluice::record
