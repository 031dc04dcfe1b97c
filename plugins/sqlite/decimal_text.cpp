// SPDX-License-Identifier: Apache-2.0
#include "sqlite/decimal_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace sluice::sqlite {

namespace {

__extension__ typedef unsigned __int128 UInt128;

constexpr auto powers = [] {
  std::array<double, 23> table{};  // all exact
  double power = 1;
  for (auto& entry : table) entry = power, power *= 10;
  return table;
}();

// 15 digits: every decimal of so many has a double of its own.
constexpr int64_t exact_digits = 1'000'000'000'000'000;

constexpr auto integer_powers = [] {
  std::array<Int128, 39> table{};
  Int128 power = 1;
  for (size_t i = 0; i < table.size(); ++i) {
    table[i] = power;
    if (i + 1 < table.size()) power *= 10;
  }
  return table;
}();

// A number taken apart: digits without leading zeros and zeros at the end, value = digits * 10^exponent.
struct Digits {
  bool negative = false;
  std::string digits = {};
  int64_t exponent = 0;

  friend bool operator==(const Digits&, const Digits&) = default;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool take_exponent(std::string_view text, int64_t& exponent) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > 100'000 || value < -100'000) return false;
  exponent += value;
  return true;
}

std::optional<Digits> take_apart(std::string_view text) {
  Digits out;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    out.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  bool point = false, any = false;
  size_t at = 0;
  for (; at < text.size() && (is_digit(text[at]) || (text[at] == '.' && !point)); ++at) {
    if (text[at] == '.') {
      point = true;
      continue;
    }
    any = true;
    if (!out.digits.empty() || text[at] != '0') out.digits += text[at];
    if (point) --out.exponent;
  }
  if (!any) return std::nullopt;
  if (at < text.size()) {
    if ((text[at] != 'e' && text[at] != 'E') || !take_exponent(text.substr(at + 1), out.exponent)) return std::nullopt;
  }
  while (!out.digits.empty() && out.digits.back() == '0') out.digits.pop_back(), ++out.exponent;
  if (out.digits.empty()) out = {};
  return out;
}

StoredNumber integer(int64_t value) { return {StoredNumber::Form::integer, value, 0}; }

StoredNumber real_if_exact(std::string_view text, const Digits& wanted) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return {};
  char buffer[40];
  const auto shortest = take_apart(write_double(value, buffer, sizeof buffer));
  if (!shortest || *shortest != wanted) return {};
  return {StoredNumber::Form::real, 0, value};
}

}  // namespace

std::optional<Int128> parse_decimal(std::string_view text, int precision, int scale) {
  const auto parts = take_apart(text);
  if (!parts) return std::nullopt;
  if (parts->digits.empty()) return Int128(0);
  const int64_t zeros = parts->exponent + scale;
  if (zeros < 0 || static_cast<int64_t>(parts->digits.size()) + zeros > precision) return std::nullopt;
  Int128 value = 0;
  for (const char c : parts->digits) value = value * 10 + (c - '0');
  for (int64_t i = 0; i < zeros; ++i) value *= 10;
  return parts->negative ? -value : value;
}

std::optional<Int128> decimal_of(int64_t value, int precision, int scale) {
  const Int128 limit = integer_powers[static_cast<size_t>(precision - scale)];
  if (value >= limit || value <= -limit) return std::nullopt;
  return value * integer_powers[static_cast<size_t>(scale)];
}

std::optional<Int128> decimal_of(double value, int precision, int scale) {
  // The usual case: a decimal of up to 15 digits whose double this is. There is no other such decimal.
  if (scale < static_cast<int>(powers.size())) {
    const double power = powers[static_cast<size_t>(scale)];
    const double scaled = value * power;
    const auto limit =
        static_cast<double>(std::min(Int128(exact_digits), integer_powers[static_cast<size_t>(precision)]));
    if (std::fabs(scaled) < limit - 1) {
      const int64_t nearest = std::llrint(scaled);
      if (static_cast<double>(nearest) / power == value) return nearest;
    }
  }
  char buffer[40];
  return parse_decimal(write_double(value, buffer, sizeof buffer), precision, scale);
}

std::string_view write_double(double value, char* out, size_t room) {
  const auto [end, error] = std::to_chars(out, out + room, value);
  return {out, static_cast<size_t>(error == std::errc() ? end - out : 0)};
}

StoredNumber stored_number(Int128 unscaled, int scale) {
  if (unscaled > -exact_digits && unscaled < exact_digits && scale < static_cast<int>(powers.size())) {
    auto small = static_cast<int64_t>(unscaled);
    int digits = scale;
    while (digits > 0 && small % 10 == 0) small /= 10, --digits;
    if (digits == 0) return integer(small);
    // Both sides are exact and a division rounds correctly: the double nearest to the value.
    return {StoredNumber::Form::real, 0, static_cast<double>(small) / powers[static_cast<size_t>(digits)]};
  }
  char text[sql::longest_decimal_text];
  return stored_number(std::string_view(text, sql::write_decimal(unscaled, scale, text)));
}

StoredNumber stored_number(std::string_view text) {
  const auto parts = take_apart(text);
  if (!parts) return {};
  if (parts->exponent >= 0 && static_cast<int64_t>(parts->digits.size()) + parts->exponent <= 19) {
    const std::string whole = (parts->negative ? "-" : "") + (parts->digits.empty() ? "0" : parts->digits) +
                              std::string(static_cast<size_t>(parts->exponent), '0');
    int64_t value = 0;
    const auto [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), value);
    if (error == std::errc()) return integer(value);
  }
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  return real_if_exact(text, *parts);
}

}  // namespace sluice::sqlite
