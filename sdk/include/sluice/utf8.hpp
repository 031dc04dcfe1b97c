// SPDX-License-Identifier: Apache-2.0
// Is it UTF-8? What a reader hands over as utf8 must be. [any-thread]
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace sluice {

namespace detail {
// Bytes of the well-formed character at `p`, which is not ASCII; 0 when there is none.
inline size_t utf8_character(const unsigned char* p, size_t left) {
  const auto follows = [&](size_t i) { return i < left && (p[i] & 0xC0) == 0x80; };
  const unsigned char first = p[0];
  if (first < 0xC2 || first > 0xF4 || !follows(1)) return 0;
  if (first < 0xE0) return 2;
  if (!follows(2)) return 0;
  if (first < 0xF0) return (first == 0xE0 && p[1] < 0xA0) || (first == 0xED && p[1] > 0x9F) ? 0 : 3;
  if (!follows(3)) return 0;
  return (first == 0xF0 && p[1] < 0x90) || (first == 0xF4 && p[1] > 0x8F) ? 0 : 4;
}

// Whether some bytes, fewer than eight, are all ASCII.
inline bool is_short_ascii(const unsigned char* p, size_t size) {
  uint32_t first = 0, last = 0;
  if (size >= 4) {
    std::memcpy(&first, p, 4), std::memcpy(&last, p + size - 4, 4);  // which may overlap
  } else if (size > 0) {
    first = p[0] | static_cast<uint32_t>(p[size / 2]) | p[size - 1];
  }
  return ((first | last) & 0x80808080u) == 0;
}
}  // namespace detail

// No overlong forms, no surrogates, nothing above U+10FFFF.
inline bool is_utf8(std::string_view text) {
  const auto* p = reinterpret_cast<const unsigned char*>(text.data());
  for (size_t left = text.size(); left != 0;) {
    uint64_t word = 0;
    if (left >= 8 && (std::memcpy(&word, p, 8), (word & 0x8080808080808080u) == 0)) {
      p += 8, left -= 8;
      continue;
    }
    if (left < 8 && detail::is_short_ascii(p, left)) return true;
    const size_t size = *p < 0x80 ? 1 : detail::utf8_character(p, left);
    if (size == 0) return false;
    p += size, left -= size;
  }
  return true;
}

}  // namespace sluice
