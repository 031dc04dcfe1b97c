// SPDX-License-Identifier: Apache-2.0
#include "sqlite/decimal_text.hpp"

#include <boost/test/unit_test.hpp>
#include <limits>
#include <random>
#include <sstream>

using namespace sluice;
using namespace sluice::sqlite;

namespace {

std::string text(Int128 unscaled, int scale) {
  char out[sql::longest_decimal_text];
  return {out, sql::write_decimal(unscaled, scale, out)};
}
std::string round_trip(const char* number, int precision, int scale) {
  const auto parsed = parse_decimal(number, precision, scale);
  return parsed ? text(*parsed, scale) : "none";
}
// How SQLite keeps it: "i 12", "r 0.1", "none".
std::string stored(const StoredNumber& number) {
  char buffer[40];
  if (number.form == StoredNumber::Form::integer) return "i " + std::to_string(number.integer);
  if (number.form == StoredNumber::Form::real)
    return "r " + std::string(write_double(number.real, buffer, sizeof buffer));
  return "none";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(decimal_text)

BOOST_AUTO_TEST_CASE(decimals_there_and_back) {
  BOOST_TEST(round_trip("99999999999999999999999999999999999999", 38, 0) == "99999999999999999999999999999999999999");
  BOOST_TEST(round_trip("-0.99999999999999999999999999999999999999", 38, 38) ==
             "-0.99999999999999999999999999999999999999");
  BOOST_TEST(round_trip("1e3", 10, 2) == "1000.00");
  BOOST_TEST(round_trip("-.5", 10, 2) == "-0.50");
  BOOST_TEST(round_trip("12.3400", 10, 2) == "12.34");
  BOOST_TEST(round_trip("-0", 10, 2) == "0.00");
  BOOST_TEST(round_trip("1e-2", 10, 2) == "0.01");
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_none) {
  for (const char* wrong :
       {"", "-", ".", "abc", "1.234", "1e9", "123456789.00", "1e", "1e999999999", "0x10", " 1", "1 "})
    BOOST_TEST(round_trip(wrong, 10, 2) == "none", wrong);
  BOOST_TEST(round_trip("100000000000000000000000000000000000000", 38, 0) == "none");
}

BOOST_AUTO_TEST_CASE(sqlite_keeps_an_integer_or_a_double_that_says_the_same) {
  BOOST_TEST(stored(stored_number(Int128(1250), 2)) == "r 12.5");
  BOOST_TEST(stored(stored_number(Int128(1200), 2)) == "i 12");
  BOOST_TEST(stored(stored_number(Int128(-10), 2)) == "r -0.1");
  BOOST_TEST(stored(stored_number(Int128(0), 5)) == "i 0");
  BOOST_TEST(stored(stored_number("9223372036854775807")) == "i 9223372036854775807");
  BOOST_TEST(stored(stored_number("-9223372036854775808.00")) == "i -9223372036854775808");
  BOOST_TEST(stored(stored_number("9223372036854775809")) == "none");
  BOOST_TEST(stored(stored_number("18446744073709551615")) == "none");
  BOOST_TEST(stored(stored_number("1e300")) == "r 1e+300");
  BOOST_TEST(stored(stored_number("0.12345678901234567890")) == "none");
  BOOST_TEST(stored(stored_number("abc")) == "none");
  BOOST_TEST(stored(stored_number("1e999")) == "none");
}

BOOST_AUTO_TEST_CASE(a_double_is_what_its_shortest_text_says) {
  const auto as_decimal = [](double value, int precision, int scale) {
    const auto number = decimal_of(value, precision, scale);
    return number ? text(*number, scale) : "none";
  };
  BOOST_TEST(as_decimal(0.1, 10, 2) == "0.10");
  BOOST_TEST(as_decimal(-12.34, 10, 2) == "-12.34");
  BOOST_TEST(as_decimal(0.125, 10, 2) == "none");
  BOOST_TEST(as_decimal(99.99, 4, 2) == "99.99");
  BOOST_TEST(as_decimal(100.0, 4, 2) == "none");
  BOOST_TEST(as_decimal(1e20, 38, 2) == "100000000000000000000.00");
  BOOST_TEST(as_decimal(0.1, 38, 30) == "0.100000000000000000000000000000");
  BOOST_TEST(as_decimal(std::numeric_limits<double>::infinity(), 38, 2) == "none");
  BOOST_TEST(decimal_of(int64_t{100}, 4, 2).has_value() == false);
  BOOST_TEST(text(decimal_of(int64_t{-99}, 4, 2).value(), 2) == "-99.00");
  BOOST_TEST(text(decimal_of(INT64_MIN, 38, 19).value(), 19) == "-9223372036854775808.0000000000000000000");
}

BOOST_AUTO_TEST_CASE(up_to_15_digits_are_always_kept) {
  const auto seed = std::random_device()();
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 20000; ++i) {
    const int scale = static_cast<int>(random() % 20);
    const auto unscaled = static_cast<int64_t>(random() % 1'000'000'000'000'000) * (random() % 2 == 0 ? 1 : -1);
    const StoredNumber number = stored_number(Int128(unscaled), scale);
    BOOST_REQUIRE(number.form != StoredNumber::Form::none);
    const auto back = number.form == StoredNumber::Form::integer ? decimal_of(number.integer, 38, scale)
                                                                 : decimal_of(number.real, 38, scale);
    BOOST_REQUIRE_MESSAGE(back && *back == unscaled, "seed " << seed << ": " << unscaled << " scale " << scale);
  }
}

BOOST_AUTO_TEST_SUITE_END()
