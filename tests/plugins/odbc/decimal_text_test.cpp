// SPDX-License-Identifier: Apache-2.0
#include "odbc/decimal_text.hpp"

#include <boost/test/unit_test.hpp>
#include <random>
#include <string>

using namespace sluice;
using namespace sluice::odbc;

namespace {

std::string back(std::string_view text, int precision, int scale) {
  Int256 value{};
  switch (parse_decimal(text, precision, scale, value)) {
    case DecimalFault::not_a_number:
      return "not a number";
    case DecimalFault::too_fine:
      return "too fine";
    case DecimalFault::too_large:
      return "too large";
    case DecimalFault::none:
      break;
  }
  char out[longest_decimal];
  return std::string(out, sql::write_decimal(value, scale, out));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(decimal_text)

BOOST_AUTO_TEST_CASE(numbers_come_back) {
  BOOST_TEST(back("0", 1, 0) == "0");
  BOOST_TEST(back("-0.0", 5, 2) == "0.00");
  BOOST_TEST(back("-.5", 5, 2) == "-0.50");
  BOOST_TEST(back("+12.", 5, 2) == "12.00");
  BOOST_TEST(back("007.1000", 3, 1) == "7.1");
  const std::string most(76, '9');
  BOOST_TEST(back(most, 76, 0) == most);
  BOOST_TEST(back("-" + most.substr(0, 46) + "." + most.substr(46), 76, 30) ==
             "-" + most.substr(0, 46) + "." + most.substr(46));
  BOOST_TEST(back("0." + std::string(75, '0') + "1", 76, 76) == "0." + std::string(75, '0') + "1");
  BOOST_TEST(back("1000000000000000000", 19, 0) == "1000000000000000000");
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_says_so) {
  BOOST_TEST(back("1.005", 5, 2) == "too fine");
  BOOST_TEST(back("1.0050", 5, 3) == "1.005");
  BOOST_TEST(back("1000", 5, 2) == "too large");
  BOOST_TEST(back(std::string(77, '9'), 76, 0) == "too large");
  for (const auto* text : {"", "-", ".", "1e3", "NaN", "1.2.3", " 1", "1,5", "--1"})
    BOOST_TEST(back(text, 10, 2) == "not a number");
}

BOOST_AUTO_TEST_CASE(random_numbers_come_back) {
  const unsigned seed = std::random_device()();
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random(seed);
  for (int i = 0; i < 2000; ++i) {
    const int precision = 1 + static_cast<int>(random() % 76);
    const int scale = static_cast<int>(random() % static_cast<unsigned>(precision + 1));
    std::string digits;
    for (int k = 0; k < precision; ++k) digits += static_cast<char>('0' + random() % 10);
    digits[0] = static_cast<char>('1' + random() % 9);
    std::string text = digits;
    if (scale > 0) text.insert(text.end() - scale, '.');
    if (text[0] == '.') text.insert(0, "0");
    if (random() % 2 == 0) text.insert(0, "-");
    BOOST_TEST(back(text, precision, scale) == text, "seed " << seed);
  }
}

BOOST_AUTO_TEST_CASE(digits_that_count) {
  BOOST_TEST(significant_digits("-0012.50") == 3);
  BOOST_TEST(significant_digits("1200") == 2);
  BOOST_TEST(significant_digits("0.000") == 0);
  BOOST_TEST(significant_digits("10.01") == 4);
}

BOOST_AUTO_TEST_SUITE_END()
