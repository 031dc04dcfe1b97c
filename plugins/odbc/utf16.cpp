// SPDX-License-Identifier: Apache-2.0
#include "odbc/utf16.hpp"

namespace sluice::odbc {

namespace {

constexpr bool is_high(uint32_t unit) { return (unit & 0xFC00) == 0xD800; }
constexpr bool is_low(uint32_t unit) { return (unit & 0xFC00) == 0xDC00; }

char* put(uint32_t c, char* out) {
  const auto tail = [&](int shift) { *out++ = static_cast<char>(0x80 | (c >> shift & 0x3F)); };
  if (c < 0x80) {
    *out++ = static_cast<char>(c);
  } else if (c < 0x800) {
    *out++ = static_cast<char>(0xC0 | c >> 6);
    tail(0);
  } else if (c < 0x10000) {
    *out++ = static_cast<char>(0xE0 | c >> 12);
    tail(6), tail(0);
  } else {
    *out++ = static_cast<char>(0xF0 | c >> 18);
    tail(12), tail(6), tail(0);
  }
  return out;
}

// `replacement` 0: stop at a lone surrogate.
std::ptrdiff_t to_utf8(const SQLWCHAR* text, size_t units, char* out, uint32_t replacement) {
  char* at = out;
  for (size_t i = 0; i < units; ++i) {
    uint32_t c = text[i];
    if (c < 0x80) {
      *at++ = static_cast<char>(c);
      continue;
    }
    if (is_high(c) && i + 1 < units && is_low(text[i + 1]))
      c = 0x10000 + ((c & 0x3FF) << 10 | (text[++i] & 0x3FF));
    else if ((c & 0xF800) == 0xD800) {
      if (replacement == 0) return -1;
      c = replacement;
    }
    at = put(c, at);
  }
  return at - out;
}

}  // namespace

size_t utf8_size(const SQLWCHAR* text, size_t units) {
  size_t bytes = 0;
  for (size_t i = 0; i < units; ++i) {
    const uint32_t c = text[i];
    const bool is_pair = is_high(c) && i + 1 < units && is_low(text[i + 1]);
    bytes += is_pair ? 4 : c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    if (is_pair) ++i;
  }
  return bytes;
}

std::ptrdiff_t write_utf8(const SQLWCHAR* text, size_t units, char* out) { return to_utf8(text, units, out, 0); }

size_t write_utf16(std::string_view text, SQLWCHAR* out) {
  SQLWCHAR* at = out;
  for (size_t i = 0; i < text.size();) {
    const auto byte = [&](size_t k) -> uint32_t {
      return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0;
    };
    const uint32_t first = byte(0);
    if (first < 0x80) {
      *at++ = static_cast<SQLWCHAR>(first);
      ++i;
    } else if (first < 0xE0) {
      *at++ = static_cast<SQLWCHAR>((first & 0x1F) << 6 | (byte(1) & 0x3F));
      i += 2;
    } else if (first < 0xF0) {
      *at++ = static_cast<SQLWCHAR>((first & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F));
      i += 3;
    } else {
      const uint32_t c =
          ((first & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F)) - 0x10000;
      *at++ = static_cast<SQLWCHAR>(0xD800 | (c >> 10 & 0x3FF));
      *at++ = static_cast<SQLWCHAR>(0xDC00 | (c & 0x3FF));
      i += 4;
    }
  }
  return static_cast<size_t>(at - out);
}

std::string narrow_text(const SQLWCHAR* text, size_t units) {
  std::string out(most_utf8(units), '\0');
  out.resize(static_cast<size_t>(to_utf8(text, units, out.data(), 0xFFFD)));
  return out;
}

std::vector<SQLWCHAR> wide(std::string_view text) {
  std::vector<SQLWCHAR> out(most_utf16(text.size()) + 1);
  out.resize(write_utf16(text, out.data()) + 1);
  out.back() = 0;
  return out;
}

}  // namespace sluice::odbc
