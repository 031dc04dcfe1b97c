// SPDX-License-Identifier: Apache-2.0
#include "record/decimal.hpp"

#include <cassert>

namespace sluice::record {
namespace {

std::array<Int512, 153> make_powers_512() {
  std::array<Int512, 153> powers;
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}

Int512 two_to_256() { return Int512(1) << 256; }

}  // namespace

const Int512& power_512(int n) {
  static const std::array<Int512, 153> powers = make_powers_512();
  return powers[static_cast<std::size_t>(n)];
}

Int512 load_256(const void* values, std::int64_t row) {
  const auto* bytes = static_cast<const std::uint8_t*>(values) + row * 32;
  Int512 value;
  import_bits(value, bytes, bytes + 32, 8, false);
  if ((bytes[31] & 0x80) != 0) value -= two_to_256();
  return value;
}

void store_256(void* values, std::int64_t row, const Int512& value) {
  auto* bytes = static_cast<std::uint8_t*>(values) + row * 32;
  std::memset(bytes, 0, 32);
  const Int512 unsigned_value = value < 0 ? Int512(value + two_to_256()) : value;
  assert(unsigned_value >= 0 && unsigned_value < two_to_256());
  export_bits(unsigned_value, bytes, 8, false);
}

bool fits_precision(const Int512& value, int precision) {
  const Int512& limit = power_512(precision);
  return value < limit && value > -limit;
}

}  // namespace sluice::record
