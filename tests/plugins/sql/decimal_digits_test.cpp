// SPDX-License-Identifier: Apache-2.0
#include "sql/decimal_digits.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace sluice::sql;

namespace {
template <class Value>
std::string text(const Value& value, int scale) {
  char out[longest_decimal_text];
  return {out, write_decimal(value, scale, out)};
}
}  // namespace

BOOST_AUTO_TEST_SUITE(decimal_digits)

BOOST_AUTO_TEST_CASE(points_and_signs) {
  BOOST_TEST(text(Int128{0}, 0) == "0");
  BOOST_TEST(text(Int128{0}, 3) == "0.000");
  BOOST_TEST(text(Int128{-1250}, 2) == "-12.50");
  BOOST_TEST(text(Int128{7}, 4) == "0.0007");
  BOOST_TEST(text(Int128{-7}, 1) == "-0.7");
  BOOST_TEST(text(Int128{10}, 0) == "10");
}

BOOST_AUTO_TEST_CASE(groups_keep_their_zeros) {
  const Int128 group = 1'000'000'000'000'000'000;
  BOOST_TEST(text(group, 0) == "1" + std::string(18, '0'));
  BOOST_TEST(text(group * group + 5, 0) == "1" + std::string(35, '0') + "5");
  BOOST_TEST(text(-(group * group), 36) == "-1." + std::string(36, '0'));
}

BOOST_AUTO_TEST_CASE(around_the_ends_of_64_bits) {
  const Int128 largest = INT64_MAX, smallest = INT64_MIN;
  BOOST_TEST(text(largest, 0) == "9223372036854775807");
  BOOST_TEST(text(largest + 1, 0) == "9223372036854775808");
  BOOST_TEST(text(smallest, 0) == "-9223372036854775808");
  BOOST_TEST(text(smallest - 1, 0) == "-9223372036854775809");
  BOOST_TEST(text(largest, 18) == "9.223372036854775807");
  BOOST_TEST(text(smallest, 18) == "-9.223372036854775808");
  BOOST_TEST(text(smallest - 1, 18) == "-9.223372036854775809");
  BOOST_TEST(text(smallest, 19) == "-0.9223372036854775808");
}

BOOST_AUTO_TEST_CASE(wide_ones) {
  BOOST_TEST(text(Int256{{0, 0, 0, 0}}, 2) == "0.00");
  BOOST_TEST(text(Int256{{1250, 0, 0, 0}}, 2) == "12.50");
  BOOST_TEST(text(negated(Int256{{1250, 0, 0, 0}}), 2) == "-12.50");
  // 2^255 - 1
  BOOST_TEST(text(Int256{{~0ull, ~0ull, ~0ull, ~0ull >> 1}}, 0) ==
             "57896044618658097711785492504343953926634992332820282019728792003956564819967");
  BOOST_TEST(text(Int256{{0, 1, 0, 0}}, 0) == "18446744073709551616");
}

BOOST_AUTO_TEST_SUITE_END()
