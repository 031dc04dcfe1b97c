// SPDX-License-Identifier: Apache-2.0
#include "postgresql/moment_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice::postgresql;

BOOST_AUTO_TEST_SUITE(moment_text)

BOOST_AUTO_TEST_CASE(days) {
  BOOST_TEST(date_text(0) == "2000-01-01");
  BOOST_TEST(date_text(59) == "2000-02-29");
  BOOST_TEST(date_text(-10957) == "1970-01-01");
  BOOST_TEST(date_text(-730119) == "0001-01-01");
  BOOST_TEST(date_text(-730120) == "0001-12-31 BC");
  BOOST_TEST(date_text(-2451545) == "4714-11-24 BC");
  BOOST_TEST(date_text(2145031948) == "5874897-12-31");
}

BOOST_AUTO_TEST_CASE(times_and_timestamps) {
  BOOST_TEST(time_text(0) == "00:00:00.000000");
  BOOST_TEST(time_text(86399999999) == "23:59:59.999999");
  BOOST_TEST(timestamp_text(-1, false) == "1999-12-31 23:59:59.999999");
  BOOST_TEST(timestamp_text(9223371331199999999, true) == "294276-12-31 23:59:59.999999+00");
  BOOST_TEST(timestamp_text(-211813488000000000, true) == "4714-11-24 00:00:00.000000+00 BC");
}

BOOST_AUTO_TEST_SUITE_END()
