// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "postgresql/byte_order.hpp"
#include "postgresql/numeric.hpp"

namespace sluice::postgresql {

namespace {

// What the server can hold: digits before and after the point.
constexpr long most_whole_digits = 131072, most_fraction_digits = 16383;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool same_word(std::string_view text, std::string_view word) {
  return std::equal(text.begin(), text.end(), word.begin(), word.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

void append_header(int16_t digits, int weight, uint16_t sign, long scale, std::string& out) {
  char header[8];
  char* at = store_big(header, digits);
  at = store_big(at, static_cast<int16_t>(weight));
  at = store_big(at, sign);
  store_big(at, static_cast<int16_t>(scale));
  out.append(header, sizeof header);
}

struct Number {
  std::string digits;  // all of them, without the point
  long whole = 0;      // how many of them stand before it; may be negative, or beyond the end
  long scale = 0;
};

// digits[.digits][e[+-]digits]
bool parse(std::string_view text, Number& out) {
  size_t at = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) out.digits += text[at];
  out.whole = static_cast<long>(at);
  if (at < text.size() && text[at] == '.')
    for (++at; at < text.size() && is_digit(text[at]); ++at) out.digits += text[at];
  if (out.digits.empty()) return false;
  long exponent = 0;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    if (++at < text.size() && text[at] == '+') ++at;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), exponent);
    if (error != std::errc() || std::abs(exponent) > most_whole_digits) return false;
    at = static_cast<size_t>(end - text.data());
  }
  out.scale = std::max(0L, static_cast<long>(out.digits.size()) - out.whole - exponent);
  out.whole += exponent;
  return at == text.size();
}

}  // namespace

bool numeric_from_text(std::string_view text, std::string& out) {
  const bool is_minus = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  if (same_word(text, "nan") && !is_minus) return append_header(0, 0, 0xC000, 0, out), true;
  if (same_word(text, "infinity") || same_word(text, "inf"))
    return append_header(0, 0, is_minus ? 0xF000 : 0xD000, 0, out), true;
  Number number;
  if (!parse(text, number)) return false;
  const size_t zeros = std::min(number.digits.find_first_not_of('0'), number.digits.size());
  number.digits.erase(0, zeros);
  number.whole -= static_cast<long>(zeros);
  if (number.scale > most_fraction_digits || number.whole > most_whole_digits) return false;
  while (!number.digits.empty() && number.digits.back() == '0') number.digits.pop_back();
  if (number.digits.empty()) return append_header(0, 0, 0, number.scale, out), true;
  // Groups of four count from the point: fill up on both sides.
  const long weight = (number.whole > 0 ? (number.whole + 3) / 4 : -(-number.whole / 4)) - 1;
  const long front = (weight + 1) * 4 - number.whole;
  number.digits.insert(0, static_cast<size_t>(front), '0');
  number.digits.append((4 - number.digits.size() % 4) % 4, '0');
  const auto groups = static_cast<int16_t>(number.digits.size() / 4);
  append_header(groups, static_cast<int>(weight), is_minus ? 0x4000 : 0, number.scale, out);
  for (size_t i = 0; i < number.digits.size(); i += 4) {
    uint16_t group = 0;
    for (size_t k = i; k < i + 4; ++k) group = static_cast<uint16_t>(group * 10 + (number.digits[k] - '0'));
    char bytes[2];
    store_big(bytes, group);
    out.append(bytes, sizeof bytes);
  }
  return true;
}

bool is_kept(std::string_view text, int scale) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  Number number;
  if (!parse(text, number)) return true;
  const size_t last = number.digits.find_last_not_of('0');
  return last == std::string::npos || static_cast<long>(last) < number.whole + scale;
}

}  // namespace sluice::postgresql
