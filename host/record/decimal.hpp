// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <cstring>

namespace sluice::record {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

// Wide enough for every decimal256 and for the product of one with a power of ten: never overflows in here.
using Int512 = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<
    512, 512, boost::multiprecision::signed_magnitude, boost::multiprecision::unchecked, void>>;

namespace detail {
constexpr std::array<Int128, 39> make_powers_128() {
  std::array<Int128, 39> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}
}  // namespace detail

// 10^0 .. 10^38
inline constexpr std::array<Int128, 39> powers_128 = detail::make_powers_128();

// 10^n, 0 <= n <= 152
const Int512& power_512(int n);

// A decimal256 as Arrow keeps it (32 bytes, two's complement, little-endian), and back. Storing asserts that it fits.
Int512 load_256(const void* values, std::int64_t row);
// Room for one value of 256 bits.
struct Bytes256 {
  std::uint8_t bytes[32];
};

void store_256(void* values, std::int64_t row, const Int512& value);

// |value| < 10^precision
constexpr bool fits_precision(Int128 value, int precision) {
  return value < powers_128[static_cast<std::size_t>(precision)] &&
         value > -powers_128[static_cast<std::size_t>(precision)];
}
bool fits_precision(const Int512& value, int precision);

}  // namespace sluice::record
