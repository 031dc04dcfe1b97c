// SPDX-License-Identifier: Apache-2.0
#include "odbc/decimal_text.hpp"

#include <algorithm>

namespace sluice::odbc {

namespace {

__extension__ typedef unsigned __int128 UInt128;

constexpr uint64_t chunk = 1'000'000'000'000'000'000;  // 18 digits
constexpr int chunk_digits = 18;

void negate(Int256& value) {
  uint64_t carry = 1;
  for (auto& limb : value.limbs) {
    limb = ~limb + carry;
    carry = carry != 0 && limb == 0 ? 1 : 0;
  }
}

void multiply_and_add(Int256& value, uint64_t factor, uint64_t addend) {
  for (auto& limb : value.limbs) {
    const UInt128 product = static_cast<UInt128>(limb) * factor + addend;
    limb = static_cast<uint64_t>(product);
    addend = static_cast<uint64_t>(product >> 64);
  }
}

// Divides by 10^18; answers the rest.
uint64_t divide_by_chunk(Int256& value) {
  uint64_t rest = 0;
  for (size_t i = 4; i-- > 0;) {
    const UInt128 part = static_cast<UInt128>(rest) << 64 | value.limbs[i];
    value.limbs[i] = static_cast<uint64_t>(part / chunk);
    rest = static_cast<uint64_t>(part % chunk);
  }
  return rest;
}

bool is_zero(const Int256& value) { return (value.limbs[0] | value.limbs[1] | value.limbs[2] | value.limbs[3]) == 0; }

// Collects digits and folds them in 18 at a time.
class Digits {
 public:
  void push(unsigned digit) {
    low_ = low_ * 10 + digit;
    scale_ *= 10;
    if (significant_ != 0 || digit != 0) ++significant_;
    if (++pending_ == chunk_digits) fold();
  }
  void fold() {
    if (pending_ != 0) multiply_and_add(value_, scale_, low_);
    low_ = 0, scale_ = 1, pending_ = 0;
  }
  int significant() const { return significant_; }
  const Int256& value() const { return value_; }

 private:
  Int256 value_;
  uint64_t low_ = 0, scale_ = 1;
  int pending_ = 0, significant_ = 0;
};

}  // namespace

DecimalFault parse_decimal(std::string_view text, int precision, int scale, Int256& out) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  Digits digits;
  int seen = 0, fraction = 0;
  bool behind_point = false;
  for (const char c : text) {
    if (c == '.' && !behind_point) {
      behind_point = true;
      continue;
    }
    const auto digit = static_cast<unsigned>(c - '0');
    if (digit > 9) return DecimalFault::not_a_number;
    ++seen;
    if (behind_point && fraction == scale) {  // zeros at the end say nothing
      if (digit != 0) return DecimalFault::too_fine;
      continue;
    }
    digits.push(digit);
    fraction += behind_point ? 1 : 0;
    if (digits.significant() > precision) return DecimalFault::too_large;
  }
  if (seen == 0) return DecimalFault::not_a_number;
  for (; fraction < scale; ++fraction) digits.push(0);
  if (digits.significant() > precision) return DecimalFault::too_large;
  digits.fold();
  out = digits.value();
  if (negative) negate(out);
  return DecimalFault::none;
}

size_t write_decimal(const Int256& value, int scale, char* out) {
  Int256 rest = value;
  const bool negative = (value.limbs[3] >> 63) != 0;
  if (negative) negate(rest);
  char reversed[96];
  int count = 0;
  while (!is_zero(rest)) {
    uint64_t part = divide_by_chunk(rest);
    for (int i = 0; i < chunk_digits && (part != 0 || !is_zero(rest)); ++i, part /= 10)
      reversed[count++] = static_cast<char>('0' + part % 10);
  }
  while (count <= scale) reversed[count++] = '0';
  char* at = out;
  if (negative) *at++ = '-';
  for (int i = count; i-- > 0;) {
    *at++ = reversed[i];
    if (i == scale && scale > 0) *at++ = '.';
  }
  return static_cast<size_t>(at - out);
}

Int256 widened(uint64_t low, uint64_t high) {
  const uint64_t sign = (high >> 63) != 0 ? ~uint64_t{0} : 0;
  return {{low, high, sign, sign}};
}

int significant_digits(std::string_view text) {
  constexpr std::string_view counts = "123456789";
  const size_t first = text.find_first_of(counts);
  if (first == std::string_view::npos) return 0;
  text = text.substr(first, text.find_last_of(counts) + 1 - first);
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

}  // namespace sluice::odbc
