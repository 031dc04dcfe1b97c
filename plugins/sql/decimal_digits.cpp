// SPDX-License-Identifier: Apache-2.0
#include "sql/decimal_digits.hpp"

#include <algorithm>
#include <array>

namespace sluice::sql {

namespace {

// Digits of eighteen places at a time, written from the end of a buffer towards its begin.
constexpr uint64_t group = 1'000'000'000'000'000'000;
constexpr size_t group_digits = 18;

char* put_backwards(uint64_t value, size_t least, char* end) {
  char* at = end;
  for (; value != 0 || static_cast<size_t>(end - at) < least; value /= 10) *--at = static_cast<char>('0' + value % 10);
  return at;
}

char* put_backwards(UInt128 value, char* end) {
  char* at = end;
  for (; value >= group; value /= group) at = put_backwards(static_cast<uint64_t>(value % group), group_digits, at);
  return put_backwards(static_cast<uint64_t>(value), 0, at);
}

// Divides by ten to the ninth; answers the rest.
uint32_t divide(std::array<uint32_t, 8>& limbs) {
  uint64_t rest = 0;
  for (size_t i = limbs.size(); i-- > 0;) {
    rest = rest << 32 | limbs[i];
    limbs[i] = static_cast<uint32_t>(rest / 1'000'000'000);
    rest %= 1'000'000'000;
  }
  return static_cast<uint32_t>(rest);
}

char* put_backwards(const Int256& value, char* end) {
  std::array<uint32_t, 8> limbs;
  for (size_t i = 0; i < limbs.size(); ++i) limbs[i] = static_cast<uint32_t>(value.limbs[i / 2] >> (32 * (i % 2)));
  char* at = end;
  while (std::any_of(limbs.begin(), limbs.end(), [](uint32_t limb) { return limb != 0; }))
    at = put_backwards(divide(limbs), 9, at);
  while (at != end && *at == '0') ++at;
  return at;
}

// Sign, at least one digit before the point, the point.
size_t place(const char* digits, size_t count, bool is_minus, int scale, char* out) {
  const auto fraction = static_cast<size_t>(scale);
  char* at = out;
  if (is_minus) *at++ = '-';
  if (count > fraction) {
    at = std::copy_n(digits, count - fraction, at);
    digits += count - fraction;
    count = fraction;
  } else {
    *at++ = '0';
  }
  if (fraction != 0) {
    *at++ = '.';
    at = std::fill_n(at, fraction - count, '0');
    at = std::copy_n(digits, count, at);
  }
  return static_cast<size_t>(at - out);
}

}  // namespace

bool is_negative(const Int256& value) { return (value.limbs[3] >> 63) != 0; }

Int256 negated(Int256 value) {
  uint64_t carry = 1;
  for (auto& limb : value.limbs) {
    limb = ~limb + carry;
    carry = carry != 0 && limb == 0 ? 1 : 0;
  }
  return value;
}

size_t write_wide_decimal(Int128 unscaled, int scale, char* out) {
  char digits[longest_decimal_text];
  char* const end = digits + sizeof digits;
  const auto size = unscaled < 0 ? UInt128{0} - static_cast<UInt128>(unscaled) : static_cast<UInt128>(unscaled);
  const char* first = put_backwards(size, end);
  return place(first, static_cast<size_t>(end - first), unscaled < 0, scale, out);
}

size_t write_decimal(const Int256& unscaled, int scale, char* out) {
  char digits[longest_decimal_text];
  char* const end = digits + sizeof digits;
  const bool is_minus = is_negative(unscaled);
  const char* first = put_backwards(is_minus ? negated(unscaled) : unscaled, end);
  return place(first, static_cast<size_t>(end - first), is_minus, scale, out);
}

}  // namespace sluice::sql
