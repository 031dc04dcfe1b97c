// SPDX-License-Identifier: Apache-2.0
#include "odbc/decimal_text.hpp"

#include <algorithm>

namespace sluice::odbc {

namespace {

constexpr int chunk_digits = 18;

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
    if (pending_ != 0) sql::times_and_plus(value_, scale_, low_);
    low_ = 0, scale_ = 1, pending_ = 0;
  }
  int significant() const { return significant_; }
  const Int256& value() const { return value_; }

 private:
  Int256 value_{};
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
  out = negative ? sql::negated(digits.value()) : digits.value();
  return DecimalFault::none;
}

int significant_digits(std::string_view text) {
  constexpr std::string_view counts = "123456789";
  const size_t first = text.find_first_of(counts);
  if (first == std::string_view::npos) return 0;
  text = text.substr(first, text.find_last_of(counts) + 1 - first);
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

}  // namespace sluice::odbc
