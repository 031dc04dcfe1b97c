// SPDX-License-Identifier: Apache-2.0
#include "postgresql/numeric.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <random>

using namespace sluice::postgresql;

namespace {

std::string binary(std::string_view text) {
  std::string out;
  BOOST_TEST_REQUIRE(numeric_from_text(text, out), text);
  return out;
}

std::string text(std::string_view bytes) {
  std::string out;
  BOOST_TEST_REQUIRE((numeric_to_text(bytes, out) == NumericFault::none));
  return out;
}

Int128 decimal(std::string_view number, int scale) {
  Int128 value = 0;
  BOOST_TEST_REQUIRE((numeric_to_decimal(binary(number), scale, value) == NumericFault::none), number);
  return value;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(numeric)

BOOST_AUTO_TEST_CASE(the_servers_own_bytes) {
  // SELECT numeric_send(-12345.678)
  const std::string_view sent("\0\3\0\1\x40\0\0\3\0\1\x09\x29\x1a\x7c", 14);
  BOOST_TEST(text(sent) == "-12345.678");
  BOOST_TEST(binary("-12345.678") == sent);
  char out[most_numeric_bytes];
  BOOST_TEST(std::string_view(out, numeric_from_decimal(Int128{-12345678}, 3, out)) == sent);
  Int128 value = 0;
  BOOST_TEST((numeric_to_decimal(sent, 3, value) == NumericFault::none));
  BOOST_TEST(static_cast<int64_t>(value) == -12345678);
}

BOOST_AUTO_TEST_CASE(texts_come_back_as_they_went) {
  for (const char* number : {"0", "0.000", "1", "-1", "10000", "9999", "99999999", "0.0001", "0.00001", "0.00010",
                             "-0.50", "123456789012345678901234567890.12345678901234567890", "1000000000000.0000",
                             "NaN", "Infinity", "-Infinity", "0.99999999", "10.0"})
    BOOST_TEST(text(binary(number)) == number);
}

BOOST_AUTO_TEST_CASE(other_spellings) {
  BOOST_TEST(text(binary("1e3")) == "1000");
  BOOST_TEST(text(binary("+1.50e-2")) == "0.0150");
  BOOST_TEST(text(binary(".5")) == "0.5");
  BOOST_TEST(text(binary("5.")) == "5");
  BOOST_TEST(text(binary("-000.00")) == "0.00");
  BOOST_TEST(text(binary("inf")) == "Infinity");
  for (const char* wrong : {"", "-", ".", "1x", "--1", "1e", "1e999999", "0x10", " 1", "1 ", "-nan", "1.2.3"}) {
    std::string out;
    BOOST_TEST(!numeric_from_text(wrong, out), wrong);
  }
}

BOOST_AUTO_TEST_CASE(what_a_scale_keeps) {
  for (const char* kept : {"1.25", "1.2500", "-0.01", "0", "0.000", "12e5", "1250e-3", "1.5e-1", "NaN", "inf"})
    BOOST_TEST(is_kept(kept, 2), kept);
  for (const char* lost : {"1.255", "0.001", "1e-3", "-1.001"}) BOOST_TEST(!is_kept(lost, 2), lost);
  for (const char* kept : {"0", "1000", "-32000", "1e3", "12e3"}) BOOST_TEST(is_kept(kept, -3), kept);
  for (const char* lost : {"1", "1100", "-31999", "1e2", "0.5"}) BOOST_TEST(!is_kept(lost, -3), lost);
}

BOOST_AUTO_TEST_CASE(decimals_of_any_scale) {
  BOOST_TEST(static_cast<int64_t>(decimal("12.5", 2)) == 1250);
  BOOST_TEST(static_cast<int64_t>(decimal("-0.0001", 4)) == -1);
  BOOST_TEST(static_cast<int64_t>(decimal("10000", 0)) == 10000);
  BOOST_TEST(static_cast<int64_t>(decimal("0", 10)) == 0);
  Int128 value = 0;
  BOOST_TEST((numeric_to_decimal(binary("0.005"), 2, value) == NumericFault::malformed));
  BOOST_TEST((numeric_to_decimal(binary("NaN"), 2, value) == NumericFault::not_finite));
  BOOST_TEST((numeric_to_decimal("\0\1", 2, value) == NumericFault::malformed));
}

BOOST_AUTO_TEST_CASE(random_decimals_survive) {
  const unsigned seed = std::random_device{}();
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 20000; ++i) {
    Int128 value = 0;
    for (int digits = static_cast<int>(random() % 38) + 1; digits > 0; --digits) value = value * 10 + random() % 10;
    if (random() % 2 == 0) value = -value;
    const int scale = static_cast<int>(random() % 39);
    char out[most_numeric_bytes];
    const std::string_view bytes(out, numeric_from_decimal(value, scale, out));
    Int128 back = 0;
    BOOST_TEST_REQUIRE((numeric_to_decimal(bytes, scale, back) == NumericFault::none), "seed " << seed);
    BOOST_TEST_REQUIRE((back == value), "seed " << seed);
    char digits[sluice::sql::longest_decimal_text];
    const std::string as_text(digits, sluice::sql::write_decimal(value, scale, digits));
    BOOST_TEST_REQUIRE(text(bytes) == as_text, "seed " << seed);
    BOOST_TEST_REQUIRE(binary(as_text) == bytes, "seed " << seed);
  }
}

BOOST_AUTO_TEST_CASE(wide_decimals_survive) {
  const std::string nines(76, '9');
  for (const std::string& number : {nines, "-" + nines, std::string("1"), "-1" + std::string(50, '0')}) {
    Int256 value{};
    BOOST_TEST_REQUIRE((numeric_to_decimal(binary(number), 0, value) == NumericFault::none));
    char out[most_numeric_bytes];
    BOOST_TEST(text(std::string_view(out, numeric_from_decimal(value, 0, out))) == number);
    char digits[sluice::sql::longest_decimal_text];
    const std::string as_text(digits, sluice::sql::write_decimal(value, 0, digits));
    BOOST_TEST(as_text == number);
  }
  Int256 value{};
  BOOST_TEST((numeric_to_decimal(binary(std::string(78, '9')), 0, value) == NumericFault::too_large));
}

BOOST_AUTO_TEST_SUITE_END()
