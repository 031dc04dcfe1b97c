// SPDX-License-Identifier: Apache-2.0
#include "decimal_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <string>

namespace sluice::file {

namespace {

constexpr auto powers = [] {
  std::array<Uint128, 39> table{};
  table[0] = 1;
  for (std::size_t i = 1; i < table.size(); ++i) table[i] = table[i - 1] * 10;
  return table;
}();

constexpr const char* not_a_number = "not a decimal number";
constexpr const char* too_fine = "more digits behind the point than the type holds";
constexpr const char* too_large = "more digits before the point than the type holds";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Digits {
  Uint128 value = 0;
  std::uint64_t low = 0;  // the digits since the last fold
  int pending = 0;
  int significant = 0;

  // False when there are more than 38.
  bool push(char c) {
    if (significant != 0 || c != '0') ++significant;
    if (significant > 38) return false;
    low = low * 10 + static_cast<std::uint64_t>(c - '0');
    if (++pending == 18) fold();
    return true;
  }
  void fold() {
    value = value * powers[static_cast<std::size_t>(pending)] + low;
    low = 0;
    pending = 0;
  }
};

// The digits of an integer of 256 bits, most significant first, without leading zeros.
std::string digits_of(std::array<std::uint32_t, 8> limbs) {
  std::string reversed;
  for (;;) {
    std::uint64_t rest = 0;
    bool zero = true;
    for (std::size_t i = limbs.size(); i-- > 0;) {
      const std::uint64_t part = rest << 32 | limbs[i];
      limbs[i] = static_cast<std::uint32_t>(part / 1000000000);
      rest = part % 1000000000;
      zero = zero && limbs[i] == 0;
    }
    for (int i = 0; i < 9 && (!zero || rest != 0); ++i, rest /= 10) reversed += static_cast<char>('0' + rest % 10);
    if (zero) break;
  }
  return {reversed.rbegin(), reversed.rend()};
}

char* place(char* out, bool negative, const char* digits, std::size_t count, int scale) {
  if (negative) *out++ = '-';
  const auto after = static_cast<std::size_t>(scale < 0 ? 0 : scale);
  const std::size_t before = count > after ? count - after : 0;
  if (before == 0) *out++ = '0';
  std::memcpy(out, digits, before);
  out += before;
  if (count != 0)
    for (int i = scale; i < 0; ++i) *out++ = '0';
  if (after == 0) return out;
  *out++ = '.';
  for (std::size_t i = count - before; i < after; ++i) *out++ = '0';
  std::memcpy(out, digits + before, count - before);
  return out + (count - before);
}

// At most 39 digits.
std::size_t write_digits(char* out, Uint128 value) {
  char* at = out;
  const Uint128 billions = powers[18];
  if (value >= billions) {
    at += write_digits(at, value / billions);
    const auto low = static_cast<std::uint64_t>(value % billions);
    char piece[20];
    const auto size = static_cast<std::size_t>(std::to_chars(piece, piece + 20, low).ptr - piece);
    std::memset(at, '0', 18 - size);
    std::memcpy(at + (18 - size), piece, size);
    at += 18;
  } else if (value != 0) {
    at = std::to_chars(at, at + 20, static_cast<std::uint64_t>(value)).ptr;
  }
  return static_cast<std::size_t>(at - out);
}

}  // namespace

bool parse_usual_decimal(std::string_view text, int precision, int scale, Int128& out) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::uint64_t value = 0;
  if (!sluice::read_decimal(text, scale, value)) return false;
  if (precision < static_cast<int>(powers_of_ten.size()) && value >= powers_of_ten[static_cast<std::size_t>(precision)])
    return false;
  out = negative ? -static_cast<std::int64_t>(value) : static_cast<std::int64_t>(value);
  return true;
}

const char* parse_decimal(std::string_view text, int precision, int scale, Int128& out) {
  if (parse_usual_decimal(text, precision, scale, out)) return nullptr;
  const char* at = text.data();
  const char* const end = at + text.size();
  const bool negative = at != end && *at == '-';
  if (at != end && (*at == '-' || *at == '+')) ++at;
  Digits digits;
  const char* const begin = at;
  for (; at != end && is_digit(*at); ++at)
    if (!digits.push(*at)) return too_large;
  auto seen = at - begin;
  int fraction = 0;
  if (at != end && *at == '.') {
    const char* last = end;  // zeros at the end say nothing
    while (last - at - 1 > scale && last[-1] == '0') --last;
    for (++at; at != last && is_digit(*at); ++at, ++fraction, ++seen)
      if (!digits.push(*at)) return too_fine;
    if (at == last && last != end) at = end, ++seen;
  }
  if (at != end || seen == 0) return not_a_number;
  if (fraction > scale) return too_fine;
  digits.fold();
  if (digits.value != 0 && digits.significant + scale - fraction > precision) return too_large;
  if (digits.value != 0) digits.value *= powers[static_cast<std::size_t>(scale - fraction)];
  out = negative ? -static_cast<Int128>(digits.value) : static_cast<Int128>(digits.value);
  return nullptr;
}

bool is_decimal(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  const auto point = std::min(text.find('.'), text.size());
  const std::string_view behind = text.substr(std::min(point + 1, text.size()));
  return point + behind.size() != 0 &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(point), is_digit) &&
         std::all_of(behind.begin(), behind.end(), is_digit);
}

char* format_any_decimal(char* out, Int128 value, int scale) {
  const bool negative = value < 0;
  const Uint128 size = negative ? Uint128{0} - static_cast<Uint128>(value) : static_cast<Uint128>(value);
  char digits[40];
  return place(out, negative, digits, write_digits(digits, size), scale);
}

char* format_decimal256(char* out, const char* value, int scale) {
  std::array<std::uint32_t, 8> limbs;
  std::memcpy(limbs.data(), value, 32);
  const bool negative = (limbs[7] >> 31) != 0;
  std::uint64_t carry = 1;
  for (auto& limb : limbs) {
    if (!negative) break;
    carry += static_cast<std::uint32_t>(~limb);
    limb = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  const std::string digits = digits_of(limbs);
  return place(out, negative, digits.data(), digits.size(), scale);
}

}  // namespace sluice::file
