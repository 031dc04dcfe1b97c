// SPDX-License-Identifier: Apache-2.0
#include "value_text.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdint>

using namespace sluice::stream;

BOOST_AUTO_TEST_SUITE(value_text_test)

BOOST_AUTO_TEST_CASE(numbers_are_taken_whole) {
  BOOST_TEST(*parse_long("-9223372036854775808") == INT64_MIN);
  BOOST_TEST(!parse_long("9223372036854775808"));
  BOOST_TEST(!parse_long("12x"));
  BOOST_TEST(!parse_long(""));
  BOOST_TEST(*parse_double("-2.5e3") == -2500.0);
  BOOST_TEST(!parse_double("inf"));
  BOOST_TEST(!parse_double("1.5 "));
  BOOST_TEST(*parse_boolean("true"));
  BOOST_TEST(!*parse_boolean("false"));
  BOOST_TEST(!parse_boolean("yes"));
}

BOOST_AUTO_TEST_CASE(dates_are_checked) {
  BOOST_TEST(*parse_date("1970-01-01") == 0);
  BOOST_TEST(*parse_date("1969-12-31 23:59:59.999999") == -1);
  BOOST_TEST(*parse_date("2024-02-29T12:30:00.5") == 1709209800500000);
  for (const char* wrong : {"", "2023-02-29", "2024-13-01", "2024-1-1", "2024-01-01 24:00:00", "2024-01-01 12:00",
                            "2024-01-01 12:00:00.", "2024-01-01 12:00:00.1234567", "2024-01-01x"})
    BOOST_TEST(!parse_date(wrong), wrong);
}

BOOST_AUTO_TEST_CASE(decimals_keep_their_digits) {
  const auto number = parse_decimal("-12.340");
  BOOST_TEST((number && number->unscaled == -12340 && number->scale == 3));
  BOOST_TEST(parse_decimal("99999999999999999999999999999999999999").has_value());
  BOOST_TEST(!parse_decimal("999999999999999999999999999999999999999"));
  for (const char* wrong : {"", "-", ".", "1.2.3", "1e3", "+1"}) BOOST_TEST(!parse_decimal(wrong), wrong);
  BOOST_TEST((*rescale({5, 1}, 3) == 500));
  BOOST_TEST(!rescale(*parse_decimal("99999999999999999999999999999999999999"), 1));
}

BOOST_AUTO_TEST_CASE(pairs_have_two_parts) {
  const auto pair = parse_pair(" 8 , 15");
  BOOST_REQUIRE(pair.has_value());
  BOOST_TEST(pair->first == "8");
  BOOST_TEST(pair->second == "15");
  BOOST_TEST(!parse_pair("8"));
  BOOST_TEST(!parse_pair("8,9,10"));
}

BOOST_AUTO_TEST_SUITE_END()
