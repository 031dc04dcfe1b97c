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
      if (Block(text.data() + at).has_one_of(few_)) return true;
    if (text.size() >= 64) return Block(text.data() + text.size() - 64).has_one_of(few_);
    for (; at < text.size(); ++at)
      if (is_special_[static_cast<unsigned char>(text[at])]) return true;
    return false;
  }

 private:
  std::array<bool, 256> is_special_{};
  std::array<char, 4> few_{};
};

}  // namespace sluice::file
