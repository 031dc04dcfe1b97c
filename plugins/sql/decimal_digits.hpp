// SPDX-License-Identifier: Apache-2.0
// Arrow's decimals as plain text, exactly: "-12.50". [any-thread]
#pragma once

#include <cstddef>
#include <cstdint>

#include "sluice/digits.hpp"

namespace sluice::sql {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

// Two's complement, least significant limb first: a decimal256 as Arrow has it.
struct Int256 {
  uint64_t limbs[4];
};

bool is_negative(const Int256& value);
Int256 negated(Int256 value);

// value * factor + more, which must fit.
inline void times_and_plus(UInt128& value, uint64_t factor, uint64_t more) { value = value * factor + more; }
inline void times_and_plus(Int256& value, uint64_t factor, uint64_t more) {
  UInt128 carry = more;
  for (uint64_t& limb : value.limbs) {
    carry += static_cast<UInt128>(limb) * factor;
    limb = static_cast<uint64_t>(carry);
    carry >>= 64;
  }
}

// Room for any decimal of up to 77 digits.
inline constexpr size_t longest_decimal_text = 96;

// Bytes written, with all digits of `scale` (0 to 77): -12.50 is (-1250, 2).
size_t write_decimal(const Int256& unscaled, int scale, char* out);
size_t write_wide_decimal(Int128 unscaled, int scale, char* out);
inline size_t write_decimal(Int128 unscaled, int scale, char* out) {
  const auto narrow = static_cast<int64_t>(unscaled);
  if (narrow != unscaled || scale > 18) [[unlikely]]
    return write_wide_decimal(unscaled, scale, out);
  const auto size = static_cast<uint64_t>(narrow);
  return static_cast<size_t>(sluice::write_decimal(narrow < 0, narrow < 0 ? 0 - size : size, scale, out) - out);
}

}  // namespace sluice::sql
