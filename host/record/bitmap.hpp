// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace sluice::record {

// Bitmaps as Arrow keeps them: row i is bit i % 8 of byte i / 8. A NULL validity bitmap means that every row is valid.

constexpr std::size_t bitmap_bytes(std::int64_t rows) { return static_cast<std::size_t>((rows + 7) / 8); }

inline bool bit_at(const std::uint8_t* bits, std::int64_t row) { return (bits[row >> 3] >> (row & 7) & 1) != 0; }

inline void set_bit(std::uint8_t* bits, std::int64_t row) {
  bits[row >> 3] |= static_cast<std::uint8_t>(1u << (row & 7));
}

inline void clear_bit(std::uint8_t* bits, std::int64_t row) {
  bits[row >> 3] &= static_cast<std::uint8_t>(~(1u << (row & 7)));
}

// The 64 bits from `row` (a multiple of 64) on, those behind `rows` cleared.
inline std::uint64_t bit_word(const std::uint8_t* bits, std::int64_t row, std::int64_t rows) {
  std::uint64_t word = 0;
  const std::int64_t left = rows - row;
  if (left >= 64) {
    std::memcpy(&word, bits + row / 8, 8);
    return word;
  }
  std::memcpy(&word, bits + row / 8, bitmap_bytes(left));
  return word & ((std::uint64_t{1} << left) - 1);
}

inline std::int64_t count_bits(const std::uint8_t* bits, std::int64_t rows) {
  std::int64_t count = 0;
  for (std::int64_t row = 0; row < rows; row += 64) count += std::popcount(bit_word(bits, row, rows));
  return count;
}

// Copies `count` bits from row `from` of `source` to row `to` of `target`, which must be zero there.
inline void copy_bits(std::uint8_t* target, std::int64_t to, const std::uint8_t* source, std::int64_t from,
                      std::int64_t count) {
  for (; count > 0 && to % 8 != 0; --count, ++to, ++from) {
    if (bit_at(source, from)) set_bit(target, to);
  }
  const int shift = static_cast<int>(from % 8);
  for (; count >= 8; count -= 8, to += 8, from += 8) {
    const std::uint8_t* at = source + from / 8;
    target[to / 8] = static_cast<std::uint8_t>(shift == 0 ? at[0] : at[0] >> shift | at[1] << (8 - shift));
  }
  for (; count > 0; --count, ++to, ++from) {
    if (bit_at(source, from)) set_bit(target, to);
  }
}

// Calls f(row) for every row whose bit is set; for every row without a bitmap.
template <class F>
void for_each_set(const std::uint8_t* bits, std::int64_t rows, F&& f) {
  if (bits == nullptr) {
    for (std::int64_t row = 0; row < rows; ++row) f(row);
    return;
  }
  for (std::int64_t base = 0; base < rows; base += 64) {
    std::uint64_t word = bit_word(bits, base, rows);
    if (word == ~std::uint64_t{0}) {
      for (std::int64_t row = base; row < base + 64; ++row) f(row);
      continue;
    }
    for (; word != 0; word &= word - 1) f(base + std::countr_zero(word));
  }
}

}  // namespace sluice::record
