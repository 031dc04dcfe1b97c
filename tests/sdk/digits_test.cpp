// SPDX-License-Identifier: Apache-2.0
#include "sluice/digits.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>

using namespace sluice;

namespace {
template <class T>
std::string integer(T value) {
  std::string text(longest_integer + 8, '#');
  const auto size = static_cast<size_t>(write_integer(value, text.data()) - text.data());
  BOOST_TEST(text.substr(size).find_first_not_of('#') == std::string::npos);
  return text.substr(0, size);
}
std::string decimal(bool is_negative, uint64_t size, int scale) {
  std::string text(longest_integer + 10, '#');
  const auto length = static_cast<size_t>(write_decimal(is_negative, size, scale, text.data()) - text.data());
  BOOST_TEST(text.substr(length).find_first_not_of('#') == std::string::npos);
  return text.substr(0, length);
}
// Digit by digit.
std::string slow_decimal(bool is_negative, uint64_t size, int scale) {
  std::string digits = std::to_string(size);
  if (digits.size() <= static_cast<size_t>(scale))
    digits.insert(0, static_cast<size_t>(scale) + 1 - digits.size(), '0');
  if (scale != 0) digits.insert(digits.size() - static_cast<size_t>(scale), ".");
  return (is_negative ? "-" : "") + digits;
}
}  // namespace

BOOST_AUTO_TEST_SUITE(digits)

BOOST_AUTO_TEST_CASE(integers_at_their_ends) {
  BOOST_TEST(integer<int8_t>(-128) == "-128");
  BOOST_TEST(integer<uint8_t>(255) == "255");
  BOOST_TEST(integer<int16_t>(-32768) == "-32768");
  BOOST_TEST(integer(std::numeric_limits<int32_t>::min()) == "-2147483648");
  BOOST_TEST(integer(std::numeric_limits<int64_t>::min()) == "-9223372036854775808");
  BOOST_TEST(integer(std::numeric_limits<int64_t>::max()) == "9223372036854775807");
  BOOST_TEST(integer(std::numeric_limits<uint64_t>::max()) == "18446744073709551615");
}

BOOST_AUTO_TEST_CASE(integers_around_powers_of_ten_and_two) {
  for (const uint64_t power : powers_of_ten)
    for (const uint64_t value : {power - 1, power, power + 1}) BOOST_TEST(integer(value) == std::to_string(value));
  for (unsigned bit = 0; bit < 64; ++bit) {
    const uint64_t power = uint64_t{1} << bit;
    for (const uint64_t value : {power - 1, power, power + 1}) BOOST_TEST(integer(value) == std::to_string(value));
  }
}

BOOST_AUTO_TEST_CASE(decimals_keep_all_digits_of_their_scale) {
  BOOST_TEST(decimal(true, 1250, 2) == "-12.50");
  BOOST_TEST(decimal(false, 5, 2) == "0.05");
  BOOST_TEST(decimal(false, 0, 3) == "0.000");
  BOOST_TEST(decimal(false, 7, 0) == "7");
  BOOST_TEST(decimal(true, 999'999'999'999'999'999, 18) == "-0.999999999999999999");
  BOOST_TEST(decimal(true, std::numeric_limits<uint64_t>::max(), 1) == "-1844674407370955161.5");
}

BOOST_AUTO_TEST_CASE(decimals_of_any_size_and_scale) {
  const char* given = std::getenv("SLUICE_SEED");
  const auto seed = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  BOOST_TEST_INFO_SCOPE("SLUICE_SEED=" << seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 20'000; ++i) {
    const uint64_t size = random() >> (random() % 64);
    const auto scale = static_cast<int>(random() % 19);
    const bool is_negative = random() % 2 == 0;
    BOOST_REQUIRE_EQUAL(decimal(is_negative, size, scale), slow_decimal(is_negative, size, scale));
  }
}

BOOST_AUTO_TEST_SUITE_END()
