// SPDX-License-Identifier: Apache-2.0
// Takes what it understands off the front of a text: for dates and times. [any-thread]
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sluice::sql {

class TextScanner {
 public:
  explicit TextScanner(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // At least and at most so many digits, a number up to `most`; -1 when they are not there.
  int64_t number(size_t least_digits, size_t most_digits, int64_t most) {
    int64_t value = 0;
    size_t digits = 0;
    for (; digits < most_digits && digits < rest_.size() && is_digit(rest_[digits]); ++digits)
      value = value * 10 + (rest_[digits] - '0');
    if (digits < least_digits || value > most) return -1;
    rest_.remove_prefix(digits);
    return value;
  }
  // Digits behind the point, made `places` of them; -1 when there are none, or more that count.
  int64_t fraction(size_t places) {
    int64_t value = 0;
    size_t digits = 0;
    for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1), ++digits) {
      if (digits < places)
        value = value * 10 + (rest_.front() - '0');
      else if (rest_.front() != '0')
        return -1;
    }
    for (size_t i = digits; i < places; ++i) value *= 10;
    return digits == 0 ? -1 : value;
  }

 protected:
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  std::string_view rest_;
};

}  // namespace sluice::sql
