// SPDX-License-Identifier: Apache-2.0
// Decimals as text, exactly: scaled integers, never a double. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sluice/digits.hpp"

namespace sluice::file {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 Uint128;

// An integer of up to 18 digits, for which 64 bits are enough; false when the text is anything else. Not empty.
inline bool parse_usual_integer(std::string_view text, std::int64_t& out) {
  const bool negative = text[0] == '-';
  if (negative) text.remove_prefix(1);
  std::uint64_t value = 0;
  if (text.size() > 18 || text.empty() || !read_digits(text.data(), text.size(), value)) return false;
  out = negative ? -static_cast<std::int64_t>(value) : static_cast<std::int64_t>(value);
  return true;
}

// A decimal of up to 18 digits, those included that the scale adds, with no more behind the point than the scale; false
// when it is anything else.
bool parse_usual_decimal(std::string_view text, int precision, int scale, Int128& out);

// Reads "-12.50" as a decimal of this precision (up to 38) and scale. NULL, or why it cannot: static text.
const char* parse_decimal(std::string_view text, int precision, int scale, Int128& out);

// Whether it is a plain number of any size: "-12.50".
bool is_decimal(std::string_view text);

// The longest decimal: sign, 77 digits, point, leading zero.
inline constexpr std::size_t longest_decimal = 128;

// Writes the plain form with all digits of the scale; answers the end. `value`: 16 or 32 bytes, little endian.
char* format_any_decimal(char* out, Int128 value, int scale);
inline char* format_decimal(char* out, Int128 value, int scale) {
  const auto usual = static_cast<std::int64_t>(value);
  if (usual != value || scale < 0 || scale > 18) [[unlikely]]
    return format_any_decimal(out, value, scale);
  const auto size = static_cast<std::uint64_t>(usual);
  return write_decimal(usual < 0, usual < 0 ? 0 - size : size, scale, out);
}
char* format_decimal256(char* out, const char* value, int scale);

}  // namespace sluice::file
