// SPDX-License-Identifier: Apache-2.0
#include "value_text.hpp"

#include <charconv>
#include <cmath>

#include "sluice/iso_date.hpp"

namespace sluice::stream {

namespace {

template <class T>
std::optional<T> parse_number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// Exactly as many digits as `text` is long.
std::optional<int> parse_digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<int64_t> parse_clock(std::string_view text) {
  if (text.size() < 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  const auto hour = parse_digits(text.substr(0, 2)), minute = parse_digits(text.substr(3, 2)),
             second = parse_digits(text.substr(6, 2));
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  const int64_t whole = ((*hour * 60 + *minute) * 60 + *second) * int64_t{1'000'000};
  if (text.size() == 8) return whole;
  const std::string_view digits = text.substr(9);
  const auto fraction = parse_digits(digits);
  if (text[8] != '.' || digits.empty() || digits.size() > 6 || !fraction) return std::nullopt;
  int64_t micros = *fraction;
  for (size_t i = digits.size(); i < 6; ++i) micros *= 10;
  return whole + micros;
}

}  // namespace

std::optional<int64_t> parse_long(std::string_view text) { return parse_number<int64_t>(text); }

std::optional<double> parse_double(std::string_view text) {
  const auto value = parse_number<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<bool> parse_boolean(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

std::optional<int64_t> parse_date(std::string_view text) {
  const auto day = text.size() < 10 ? std::nullopt : parse_iso_day(text.data());
  if (!day) return std::nullopt;
  const int64_t micros = *day * int64_t{86'400'000'000};
  if (text.size() == 10) return micros;
  if (text[10] != ' ' && text[10] != 'T') return std::nullopt;
  const auto clock = parse_clock(text.substr(11));
  return clock ? std::optional<int64_t>(micros + *clock) : std::nullopt;
}

std::optional<DecimalText> parse_decimal(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const size_t point = text.find('.');
  const size_t digits = text.size() - (point == std::string_view::npos ? 0 : 1);
  if (digits == 0 || digits > 38) return std::nullopt;
  DecimalText number{0, point == std::string_view::npos ? 0 : static_cast<int>(text.size() - point - 1)};
  for (size_t i = 0; i < text.size(); ++i) {
    if (i == point) continue;
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    number.unscaled = number.unscaled * 10 + (text[i] - '0');
  }
  if (negative) number.unscaled = -number.unscaled;
  return number;
}

std::optional<Unscaled> rescale(const DecimalText& number, int scale) {
  Unscaled limit = 1;  // 10^37: what still has room for one more digit
  for (int i = 0; i < 37; ++i) limit *= 10;
  Unscaled value = number.unscaled;
  for (int i = number.scale; i < scale; ++i) {
    if (value >= limit || value <= -limit) return std::nullopt;
    value *= 10;
  }
  return value;
}

std::optional<std::pair<std::string_view, std::string_view>> parse_pair(std::string_view text) {
  const size_t comma = text.find(',');
  if (comma == std::string_view::npos || text.find(',', comma + 1) != std::string_view::npos) return std::nullopt;
  return std::pair(trim(text.substr(0, comma)), trim(text.substr(comma + 1)));
}

}  // namespace sluice::stream
