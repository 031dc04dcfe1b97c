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

bool take_sign(std::string_view& text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  return is_negative;
}

}  // namespace

bool parse_decimal(std::string_view text, int scale, Int128& out) {
  const bool is_negative = take_sign(text);
  if (uint64_t narrow = 0; read_decimal(text, scale, narrow)) {
    const auto value = static_cast<int64_t>(narrow);
    out = is_negative ? -value : value;
    return true;
  }
  UInt128 value = 0;
  if (!parse_digits(text, scale, value)) return false;
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
