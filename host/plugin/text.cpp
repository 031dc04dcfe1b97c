// SPDX-License-Identifier: Apache-2.0
#include "plugin/text.hpp"

#include <cstdint>

namespace sluice::plugin {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

unsigned char byte(std::string_view text, std::size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
}

bool between(unsigned char value, unsigned low, unsigned high) { return value >= low && value <= high; }

// Bytes of the well-formed character at `i`; 0 when there is none (table 3-7 of the Unicode standard).
std::size_t character(std::string_view text, std::size_t i) {
  const unsigned char a = byte(text, i), b = byte(text, i + 1), c = byte(text, i + 2), d = byte(text, i + 3);
  if (a < 0x80) return 1;
  if (between(a, 0xC2, 0xDF)) return between(b, 0x80, 0xBF) ? 2 : 0;
  if (between(a, 0xE0, 0xEF)) {
    const bool second = between(b, a == 0xE0 ? 0xA0 : 0x80, a == 0xED ? 0x9F : 0xBF);
    return second && between(c, 0x80, 0xBF) ? 3 : 0;
  }
  if (between(a, 0xF0, 0xF4)) {
    const bool second = between(b, a == 0xF0 ? 0x90 : 0x80, a == 0xF4 ? 0x8F : 0xBF);
    return second && between(c, 0x80, 0xBF) && between(d, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::string_view view(const SluiceString& text) {
  return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.size);
}

std::string clean_text(std::string_view text, std::size_t limit) {
  std::string clean;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = character(text, i);
    const std::string_view piece = size == 0 ? replacement : text.substr(i, size);
    if (clean.size() + piece.size() > limit) break;
    clean += piece;
    i += size == 0 ? 1 : size;
  }
  return clean;
}

}  // namespace sluice::plugin
