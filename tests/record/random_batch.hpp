// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/test/unit_test.hpp>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "record/builder.hpp"
#include "record/decimal.hpp"
#include "record/schema.hpp"

namespace sluice::record {

using Random = std::mt19937_64;

inline std::int64_t between(Random& random, std::int64_t least, std::int64_t most) {
  return std::uniform_int_distribution<std::int64_t>(least, most)(random);
}

// Small numbers, numbers around powers of two, and any bits at all: uniform bits alone never meet a border.
inline std::uint64_t interesting_bits(Random& random) {
  const std::uint64_t bits = random();
  switch (random() % 4) {
    case 0:
      return bits % 1000;
    case 1:
      return (std::uint64_t{1} << (bits % 64)) - 1 + random() % 3;
    case 2:
      return 0 - (bits % 1000);
    default:
      return bits;
  }
}

inline Int128 random_decimal(Random& random, int precision) {
  const auto digits = static_cast<std::size_t>(random() % static_cast<unsigned>(precision + 1));
  const auto wide = static_cast<Int128>((static_cast<UInt128>(random()) << 64 | random()) >> 1);
  const Int128 value = wide % powers_128[digits];
  return random() % 2 == 0 ? value : -value;
}

inline std::string random_text(Random& random) {
  static const std::vector<std::string> pieces{"a", "ß", "€", "😀", "\n", "\"", "0", " ", std::string(1, '\0')};
  std::string text;
  for (auto i = random() % 12; i > 0; --i) text += pieces[random() % pieces.size()];
  return text;
}

inline std::int64_t random_moment(Random& random, const Type& type) {
  if (type.id == TypeId::time64_us) return between(random, 0, 86'400'000'000);
  if (type.id == TypeId::time64_ns) return between(random, 0, 86'400'000'000'000);
  return static_cast<std::int64_t>(interesting_bits(random));
}

inline void append_random(Random& random, ColumnBuilder& column) {
  const Type& type = column.type();
  const std::uint64_t bits = interesting_bits(random);
  if (type.id == TypeId::null_ || random() % 8 == 0) return column.append_null();
  if (type.id == TypeId::boolean) return column.append_boolean(bits % 2 == 0);
  if (is_variable(type.id)) return column.append_bytes(random_text(random));
  if (type.id == TypeId::decimal128) return column.append(random_decimal(random, type.precision));
  if (type.id == TypeId::decimal256) {
    std::uint8_t bytes[32];
    store_256(bytes, 0, Int512(random_decimal(random, 38)) * Int512(random_decimal(random, 38)));
    return column.append_value(bytes, 32);
  }
  if (type.id >= TypeId::time64_us) return column.append(random_moment(random, type));
  if (type.id == TypeId::float64 && random() % 2 == 0)
    return column.append(static_cast<double>(bits % 10'000'000) / 1000);
  if (type.id == TypeId::float32 && random() % 2 == 0) return column.append(static_cast<float>(bits % 10'000) / 100);
  column.append_value(&bits, static_cast<std::size_t>(width_of(type.id)));
}

inline Batch random_batch(Random& random, const Schema& schema, int rows) {
  BatchBuilder builder(schema);
  for (std::size_t i = 0; i < schema.size(); ++i) {
    for (int row = 0; row < rows; ++row) append_random(random, builder.column(i));
  }
  return builder.finish();
}

// Runs it with a seed of its own, which a failure shows.
template <class F>
void with_seed(F f) {
  const auto seed = std::random_device()();
  BOOST_TEST_CONTEXT("seed " << seed) {
    Random random(seed);
    f(random);
  }
}

}  // namespace sluice::record
