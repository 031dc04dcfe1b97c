// SPDX-License-Identifier: Apache-2.0
#include "record/utf8.hpp"

#include <cstring>

namespace sluice::record {
namespace {

using Byte = unsigned char;

// Bytes of the well-formed sequence that starts with a non-ASCII byte at `p`; 0 when it is not well formed.
std::size_t sequence(const Byte* p, std::size_t left) {
  const auto tail = [&](std::size_t i) { return i < left && (p[i] & 0xC0) == 0x80; };
  const Byte lead = p[0];
  if (lead >= 0xC2 && lead <= 0xDF) return tail(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (!tail(1) || !tail(2)) return 0;
    if (lead == 0xE0 && p[1] < 0xA0) return 0;   // overlong
    if (lead == 0xED && p[1] >= 0xA0) return 0;  // surrogate
    return 3;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (!tail(1) || !tail(2) || !tail(3)) return 0;
    if (lead == 0xF0 && p[1] < 0x90) return 0;   // overlong
    if (lead == 0xF4 && p[1] >= 0x90) return 0;  // above U+10FFFF
    return 4;
  }
  return 0;
}

}  // namespace

bool is_utf8(std::string_view text) {
  const Byte* p = reinterpret_cast<const Byte*>(text.data());
  std::size_t left = text.size();
  while (left > 0) {
    std::uint64_t word = 0;
    while (left >= 8 && (std::memcpy(&word, p, 8), (word & 0x8080808080808080u) == 0)) p += 8, left -= 8;
    while (left > 0 && *p < 0x80) ++p, --left;
    if (left == 0) break;
    const std::size_t bytes = sequence(p, left);
    if (bytes == 0) return false;
    p += bytes;
    left -= bytes;
  }
  return true;
}

std::int64_t count_characters(std::string_view text) {
  std::int64_t count = 0;
  for (const char c : text) count += (static_cast<Byte>(c) & 0xC0) != 0x80;
  return count;
}

}  // namespace sluice::record
