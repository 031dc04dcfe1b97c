// SPDX-License-Identifier: Apache-2.0
//
// The smallest steps of reading a text: each takes what it found from the front.
#pragma once

#include <charconv>
#include <string_view>
#include <system_error>

namespace sluice::record {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

inline bool take(std::string_view& text, char expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(1);
  return true;
}

// One whole number.
inline bool take_number(std::string_view& text, int& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

}  // namespace sluice::record
