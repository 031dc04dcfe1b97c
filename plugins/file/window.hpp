// SPDX-License-Identifier: Apache-2.0
// The piece of a text that is in memory: what was read and not yet dropped. One thread.
//
// Behind end() there are `slack` readable bytes, so that blocks may be loaded without looking. At the end of the text a
// missing last line feed is added.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "byte_source.hpp"

namespace sluice::file {

class Window {
 public:
  static constexpr std::size_t slack = 192;
  static constexpr std::size_t usual_piece = std::size_t{256} << 10;

  // `offset`: where in the text the source starts.
  Window(std::unique_ptr<ByteSource> source, std::uint64_t offset, std::size_t piece = usual_piece,
         BufferMemory memory = {})
      : source_(std::move(source)), offset_(offset), bytes_(piece + slack), memory_(std::move(memory)) {}

  const char* begin() const { return bytes_.data() + begin_; }
  const char* end() const { return bytes_.data() + end_; }
  std::size_t size() const { return end_ - begin_; }
  // Where begin() is in the text.
  std::uint64_t offset() const { return offset_; }
  std::uint64_t offset_of(const char* at) const { return offset_ + static_cast<std::uint64_t>(at - begin()); }
  // Nothing will follow.
  bool ended() const { return ended_; }

  // Lets go of the bytes before `at`.
  void drop_to(const char* at) {
    offset_ = offset_of(at);
    begin_ = static_cast<std::size_t>(at - bytes_.data());
  }
  // Reads more; pointers from before are no longer valid. False when the text has ended.
  bool more();

 private:
  std::unique_ptr<ByteSource> source_;
  std::uint64_t offset_;
  std::vector<char> bytes_;
  BufferMemory memory_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool ended_ = false;
};

}  // namespace sluice::file
