// SPDX-License-Identifier: Apache-2.0
// Integers and decimals as text, written three digits at a time, read eight at a time: numbers come by the million.
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
// The first bytes of a text as an integer, the first of them lowest.
template <class T>
T load_text(const char* text) {
  T word;
  std::memcpy(&word, text, sizeof word);
  if constexpr (std::endian::native == std::endian::big)
    word = static_cast<T>(__builtin_bswap64(word) >> (64 - 8 * sizeof(T)));
  return word;
}

inline void store_text(uint32_t word, char* text) {
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap32(word);
  std::memcpy(text, &word, sizeof word);
}

inline constexpr auto digit_pairs = [] {
  std::array<char, 200> table{};  // 00 to 99
  for (size_t i = 0; i < 100; ++i) {
    table[2 * i] = static_cast<char>('0' + i / 10);
    table[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return table;
}();

// 000 to 999 as texts, and in the highest byte how many zeros a number does without.
inline constexpr auto digit_triples = [] {
  std::array<uint32_t, 1000> table{};
  for (uint32_t i = 0; i < 1000; ++i) {
    const uint32_t zeros = i < 10 ? 2 : i < 100 ? 1 : 0;
    table[i] = ('0' + i / 100) | ('0' + i / 10 % 10) << 8 | ('0' + i % 10) << 16 | zeros << 24;
  }
  return table;
}();

// Writes 0 to 999 as three digits; and one byte more, as all of these may write up to three behind the end they answer.
inline char* put_triple(uint32_t value, char* out) {
  store_text(digit_triples[value], out);
  return out + 3;
}

inline char* put_digits(uint32_t value, char* out) {
  if (value < 1000) {
    const uint32_t triple = digit_triples[value], zeros = triple >> 24;
    store_text(triple >> (8 * zeros), out);
    return out + 3 - zeros;
  }
  return put_triple(value % 1000, put_digits(value / 1000, out));
}

inline char* put_digits(uint64_t value, char* out) {
  constexpr uint64_t billion = 1'000'000'000;
  if (value <= UINT32_MAX) return put_digits(static_cast<uint32_t>(value), out);
  const auto rest = static_cast<uint32_t>(value % billion);
  out = put_digits(value / billion, out);
  return put_triple(rest % 1000, put_triple(rest / 1000 % 1000, put_triple(rest / 1'000'000, out)));
}
}  // namespace detail

// All of these answer the end of what they wrote.

// 0 to 99 as two digits.
inline char* write_two_digits(unsigned value, char* out) {
  std::memcpy(out, &detail::digit_pairs[2 * size_t{value}], 2);
  return out + 2;
}

// Bytes that write_integer() needs, with those behind the end.
inline constexpr size_t longest_integer = 21;

template <std::integral T>
char* write_integer(T value, char* out) {
  auto size = static_cast<uint64_t>(value);
  if constexpr (std::signed_integral<T>) {
    if (value < 0) {
      *out++ = '-';
      size = 0 - size;
    }
  }
  return detail::put_digits(size, out);
}

// `size` times 10 to the power of -scale, with all digits of the scale, 0 to 18: -12.50 is (true, 1250, 2). Needs
// longest_integer + 1 bytes.
inline char* write_decimal(bool is_negative, uint64_t size, int scale, char* out) {
  if (is_negative) *out++ = '-';
  if (scale == 2 && size <= UINT32_MAX) {  // the most usual, by constants
    const auto few = static_cast<uint32_t>(size);
    out = detail::put_digits(few / 100, out);
    *out++ = '.';
    return write_two_digits(few % 100, out);
  }
  if (scale == 0) return detail::put_digits(size, out);
  const uint64_t one = powers_of_ten[static_cast<size_t>(scale)];
  out = detail::put_digits(size / one, out);
  *out++ = '.';
  size %= one;
  char* const end = out + scale;
  char* first = end;
  for (; first - out >= 2; size /= 100) write_two_digits(static_cast<unsigned>(size % 100), first -= 2);
  if (first != out) *out = static_cast<char>('0' + size);
  return end;
}

namespace detail {
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
