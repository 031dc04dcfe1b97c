// SPDX-License-Identifier: Apache-2.0
#include "date_time.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace sluice::file;

namespace {

std::string date_text(std::int64_t days) {
  char text[longest_time];
  return {text, format_date(text, days)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(date_time)

BOOST_AUTO_TEST_CASE(dates_of_four_digits) {
  BOOST_TEST(date_text(0) == "1970-01-01");
  BOOST_TEST(date_text(-1) == "1969-12-31");
  BOOST_TEST(date_text(11016) == "2000-02-29");
  BOOST_TEST(date_text(-719162) == "0001-01-01");
  BOOST_TEST(date_text(2932896) == "9999-12-31");
}

BOOST_AUTO_TEST_CASE(dates_as_far_as_a_column_reaches) {
  BOOST_TEST(date_text(-719528) == "0000-01-01");
  BOOST_TEST(date_text(-735160) == "-0043-03-15");
  BOOST_TEST(date_text(2932897) == "10000-01-01");
  BOOST_TEST(date_text(-2440588) == "-4713-11-24");
  BOOST_TEST(date_text(2145042905) == "5874897-12-31");
}

BOOST_AUTO_TEST_SUITE_END()
