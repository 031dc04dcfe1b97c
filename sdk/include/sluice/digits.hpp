// SPDX-License-Identifier: Apache-2.0
// Integers and decimals as text, written two digits at a time and straight into place, read eight at a time: numbers
// come by the million.
// [any-thread]
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

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

namespace detail {
// The first bytes of a text as an integer, the first of them lowest.
template <class T>
T load_text(const char* text) {
  T word;
  std::memcpy(&word, text, sizeof word);
  if constexpr (std::endian::native == std::endian::big)
    word = static_cast<T>(__builtin_bswap64(word) >> (64 - 8 * sizeof(T)));
  return word;
}

// 1 to 8 bytes of a text as an integer, the last of them highest, zeros below the first.
inline uint64_t load_few(const char* text, size_t count) {
  uint64_t word = 0;
  if (count >= 4) {
    word = load_text<uint32_t>(text) | uint64_t{load_text<uint32_t>(text + count - 4)} << (8 * (count - 4));
  } else {
    const auto byte = [&](size_t at) { return uint64_t{static_cast<unsigned char>(text[at])} << (8 * at); };
    word = byte(0) | byte(count / 2) | byte(count - 1);
  }
  return word << (64 - 8 * count);
}

// The number that `count` digits make, as load_few() has them; `wrong` is no longer 0 when one of the bytes is none.
inline uint64_t few_digits(uint64_t word, size_t count, uint64_t& wrong) {
  constexpr uint64_t every = 0x0101010101010101;
  uint64_t digits = word ^ (every * '0') << (64 - 8 * count);
  wrong |= ((digits + every * (0x7F - 9)) | digits) & every * 0x80;
  digits = (digits * 10 + (digits >> 8)) & 0x00FF00FF00FF00FF;
  digits = (digits * 100 + (digits >> 16)) & 0x0000FFFF0000FFFF;
  return (digits * 10'000 + (digits >> 32)) & 0xFFFFFFFF;
}
}  // namespace detail

// The most digits that read_digits() takes: more may not fit.
inline constexpr size_t most_digits = 19;

// The number that 1 to most_digits digits make; false when one of the bytes is none.
inline bool read_digits(const char* text, size_t count, uint64_t& value) {
  uint64_t wrong = 0;
  const size_t head = (count - 1) % 8 + 1;
  value = detail::few_digits(detail::load_few(text, head), head, wrong);
  for (const char *at = text + head, *const end = text + count; at != end; at += 8)
    value = value * 100'000'000 + detail::few_digits(detail::load_text<uint64_t>(at), 8, wrong);
  return wrong == 0;
}

// Digits with a point among them or without, "12.5" or "12", times 10 to the power of `scale`, which is 0 or more.
// False when it is no such text, has more digits behind the point, or may make more than 18 digits.
inline bool read_decimal(std::string_view text, int scale, uint64_t& value) {
  constexpr size_t most = 18;
  const auto places = static_cast<size_t>(scale);
  const size_t size = text.size();
  if (size > most + 1) return false;
  // Most have as many digits behind the point as the scale says.
  const bool is_usual = size > places && text[size - places - 1] == '.';
  const size_t whole = is_usual ? size - places - 1 : std::min(text.find('.'), size);
  const size_t fraction = whole == size ? 0 : size - whole - 1;
  if (whole + fraction == 0 || fraction > places || whole + places > most) return false;
  if (whole != 0 && fraction != 0 && whole + fraction <= 8) {
    // The digits of both side by side.
    const uint64_t word =
        detail::load_few(text.data(), whole) >> (8 * fraction) | detail::load_few(text.data() + whole + 1, fraction);
    uint64_t wrong = 0;
    value = detail::few_digits(word, whole + fraction, wrong) * powers_of_ten[places - fraction];
    return wrong == 0;
  }
  uint64_t before = 0, behind = 0;
  if (whole != 0 && !read_digits(text.data(), whole, before)) return false;
  if (fraction != 0 && !read_digits(text.data() + whole + 1, fraction, behind)) return false;
  value = before * powers_of_ten[places] + behind * powers_of_ten[places - fraction];
  return true;
}

}  // namespace sluice
