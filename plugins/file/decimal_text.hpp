// SPDX-License-Identifier: Apache-2.0
// Decimals as text, exactly: scaled integers, never a double. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sluice::file {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 Uint128;

// Up to 18 digits, which no 64-bit integer is too small for; false when the text is anything else.
inline bool parse_short_digits(const char* at, const char* end, std::uint64_t& out) {
  if (end - at > 18 || at == end) return false;
  std::uint64_t value = 0;
  for (; at != end; ++at) {
    const auto digit = static_cast<unsigned char>(*at - '0');
    if (digit > 9) return false;
    value = value * 10 + digit;
  }
  out = value;
  return true;
}

// Reads "-12.50" as a decimal of this precision (up to 38) and scale. NULL, or why it cannot: static text.
const char* parse_decimal(std::string_view text, int precision, int scale, Int128& out);

// Whether it is a plain number of any size: "-12.50".
bool is_decimal(std::string_view text);

// The longest decimal: sign, 77 digits, point, leading zero.
inline constexpr std::size_t longest_decimal = 128;

// Writes the plain form with all digits of the scale; answers the end. `value`: 16 or 32 bytes, little endian.
char* format_decimal(char* out, Int128 value, int scale);
char* format_decimal256(char* out, const char* value, int scale);

}  // namespace sluice::file
