// SPDX-License-Identifier: Apache-2.0
// The bytes that a text cannot hold as they are: delimiter, quote, line ends. Any thread.
#pragma once

#include <array>
#include <cstring>
#include <string_view>

#include "block.hpp"

namespace sluice::file {

class SpecialBytes {
 public:
  // Up to four different ones.
  explicit SpecialBytes(std::string_view bytes) {
    for (const char byte : bytes) is_special_[static_cast<unsigned char>(byte)] = true;
    for (std::size_t i = 0; i < few_.size(); ++i) few_[i] = i < bytes.size() ? bytes[i] : bytes[0];
  }
  bool in(std::string_view text) const {
    std::size_t at = 0;
    for (; at + 64 <= text.size(); at += 64)
      if (in_block(Block(text.data() + at))) return true;
    if (text.size() >= 64) return in_block(Block(text.data() + text.size() - 64));
    for (; at < text.size(); ++at)
      if (is_special_[static_cast<unsigned char>(text[at])]) return true;
    return false;
  }

 private:
  bool in_block(const Block& block) const {
    return (block.equal(few_[0]) | block.equal(few_[1]) | block.equal(few_[2]) | block.equal(few_[3])) != 0;
  }

  std::array<bool, 256> is_special_{};
  std::array<char, 4> few_{};
};

}  // namespace sluice::file
