// SPDX-License-Identifier: Apache-2.0
// Integers and decimals as text, two digits at a time and straight into place: numbers come by the million.
// [any-thread]
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace sluice {

// 10 to the power of 0 to 19.
inline constexpr auto powers_of_ten = [] {
  std::array<uint64_t, 20> table{1};
  for (size_t i = 1; i < table.size(); ++i) table[i] = table[i - 1] * 10;
  return table;
}();

namespace detail {
inline constexpr auto digit_pairs = [] {
  std::array<char, 200> table{};  // 00 to 99
  for (size_t i = 0; i < 100; ++i) {
    table[2 * i] = static_cast<char>('0' + i / 10);
    table[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return table;
}();

// These write into the bytes before `end` and answer the begin of what they wrote.

template <class T>
char* put_digits_before(T value, char* end) {
  for (; value >= 100; value /= 100) std::memcpy(end -= 2, &digit_pairs[2 * (value % 100)], 2);
  if (value >= 10)
    std::memcpy(end -= 2, &digit_pairs[2 * value], 2);
  else
    *--end = static_cast<char>('0' + value);
  return end;
}

template <class T>
char* put_decimal_before(T size, int scale, char* end) {
  if (scale == 0) return put_digits_before(size, end);
  for (; scale >= 2; scale -= 2, size /= 100) std::memcpy(end -= 2, &digit_pairs[2 * (size % 100)], 2);
  if (scale == 1) {
    *--end = static_cast<char>('0' + size % 10);
    size /= 10;
  }
  *--end = '.';
  return put_digits_before(size, end);
}

// `put` with 32 bits where they are enough: a division by 100 takes half as many instructions.
template <class Put>
char* with_few_bits(uint64_t value, Put put) {
  return value <= UINT32_MAX ? put(static_cast<uint32_t>(value)) : put(value);
}
}  // namespace detail

// How many digits a number has; 1 for 0.
inline size_t count_digits(uint64_t value) {
  value |= 1;
  const auto least = static_cast<size_t>(std::bit_width(value) * 1233 >> 12);  // about log 2 / log 10
  return least + (value >= powers_of_ten[least] ? 1 : 0);                      // without a branch
}

// All of these answer the end of what they wrote.

// 0 to 99 as two digits.
inline char* write_two_digits(unsigned value, char* out) {
  std::memcpy(out, &detail::digit_pairs[2 * size_t{value}], 2);
  return out + 2;
}

inline constexpr size_t longest_integer = 20;

// At most longest_integer bytes.
template <std::integral T>
char* write_integer(T value, char* out) {
  auto size = static_cast<uint64_t>(value);
  if constexpr (std::signed_integral<T>) {
    if (value < 0) {
      *out++ = '-';
      size = 0 - size;
    }
  }
  char* const end = out + count_digits(size);
  detail::with_few_bits(size, [&](auto few) { return detail::put_digits_before(few, end); });
  return end;
}

// `size` times 10 to the power of -scale, with all digits of the scale, 0 to 18: -12.50 is (true, 1250, 2). At most
// longest_integer + 2 bytes.
inline char* write_decimal(bool is_negative, uint64_t size, int scale, char* out) {
  if (is_negative) *out++ = '-';
  const auto places = static_cast<size_t>(scale);
  char* const end = out + std::max(count_digits(size), places + 1) + (scale == 0 ? 0 : 1);
  detail::with_few_bits(size, [&](auto few) { return detail::put_decimal_before(few, scale, end); });
  return end;
}

}  // namespace sluice
