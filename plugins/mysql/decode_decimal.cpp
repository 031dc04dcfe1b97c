// SPDX-License-Identifier: Apache-2.0
#include "mysql/decode_decimal.hpp"

#include <algorithm>

#include "sluice/digits.hpp"

namespace sluice::mysql {

namespace {

constexpr size_t chunk_digits = 18;

// Digits, with the point left out, and zeros behind them up to `scale`. Chunks of 18 digits are numbers of 64 bits.
template <class Wide>
bool parse_digits(std::string_view text, int scale, Wide& value) {
  uint64_t chunk = 0;
  size_t in_chunk = 0;
  int behind = -1;  // digits behind the point; -1: it has not come yet
  const auto take = [&](uint64_t digit) {
    chunk = chunk * 10 + digit;
    if (++in_chunk != chunk_digits) return;
    sql::times_and_plus(value, powers_of_ten[chunk_digits], chunk);
    chunk = in_chunk = 0;
  };
  for (const char c : text) {
    if (c == '.' && behind < 0) {
      behind = 0;
      continue;
    }
    if (c < '0' || c > '9') return false;
    if (behind >= 0) ++behind;
    take(static_cast<uint64_t>(c - '0'));
  }
  behind = std::max(behind, 0);
  if (text.empty() || behind > scale) return false;
  for (; behind < scale; ++behind) take(0);
  sql::times_and_plus(value, powers_of_ten[in_chunk], chunk);
  return true;
}

// Whether the digits, and zeros up to the scale, are sure to fit into 64 bits.
bool is_short(std::string_view text, int scale) {
  return !text.empty() && text.size() + static_cast<size_t>(scale) <= chunk_digits;
}

// A column's values have as many digits behind the point as its type; those of an expression may have fewer.
size_t find_point(std::string_view text, int scale) {
  const auto behind = static_cast<size_t>(scale) + 1;
  if (text.size() > behind && text[text.size() - behind] == '.') return text.size() - behind;
  return text.find('.');
}

bool parse_short(std::string_view text, int scale, uint64_t& value) {
  const size_t point = find_point(text, scale);
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  unsigned worst = 0;
  const auto take = [&](std::string_view digits) {
    for (const char c : digits) {
      const unsigned digit = static_cast<unsigned>(static_cast<uint8_t>(c)) - '0';
      worst |= digit > 9 ? 1 : 0;
      value = value * 10 + digit;
    }
  };
  take(whole);
  take(fraction);
  if (worst != 0 || fraction.size() > static_cast<size_t>(scale)) return false;
  value *= powers_of_ten[static_cast<size_t>(scale) - fraction.size()];
  return true;
}

bool take_sign(std::string_view& text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  return is_negative;
}

}  // namespace

bool parse_decimal(std::string_view text, int scale, Int128& out) {
  const bool is_negative = take_sign(text);
  UInt128 value = 0;
  if (is_short(text, scale)) {
    uint64_t narrow = 0;
    if (!parse_short(text, scale, narrow)) return false;
    value = narrow;
  } else if (!parse_digits(text, scale, value)) {
    return false;
  }
  out = static_cast<Int128>(is_negative ? -value : value);
  return true;
}

bool parse_decimal(std::string_view text, int scale, Int256& out) {
  const bool is_negative = take_sign(text);
  out = {};
  if (!parse_digits(text, scale, out)) return false;
  if (is_negative) out = sql::negated(out);
  return true;
}

}  // namespace sluice::mysql
