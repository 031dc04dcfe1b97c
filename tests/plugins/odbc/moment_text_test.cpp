// SPDX-License-Identifier: Apache-2.0
#include "odbc/moment_text.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace sluice::odbc;

namespace {

std::string timestamp(std::string_view text) {
  Moment m;
  if (!parse_moment(text, MomentKind::timestamp, m)) return "none";
  char out[longest_moment];
  std::string back(out, write_timestamp(m.days, m.nanos, 9, m.has_offset, out));
  return m.offset_seconds == 0 ? back : back + " - " + std::to_string(m.offset_seconds);
}

std::string date(std::string_view text) {
  Moment m;
  char out[longest_moment];
  return parse_moment(text, MomentKind::date, m) ? std::string(out, write_date(m.days, out)) : "none";
}

std::string time(std::string_view text, int digits = 6) {
  Moment m;
  char out[longest_moment];
  return parse_moment(text, MomentKind::time, m) ? std::string(out, write_time(m.nanos, digits, out)) : "none";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(moment_text)

BOOST_AUTO_TEST_CASE(dates) {
  for (const auto* text : {"1970-01-01", "2000-02-29", "0001-01-01", "9999-12-31", "10000-01-01", "294276-12-31",
                           "0044-03-15 BC", "0001-12-31 BC", "4713-01-01 BC"})
    BOOST_TEST(date(text) == text);
  Moment m;
  BOOST_REQUIRE(parse_moment("0001-12-31 BC", MomentKind::date, m));
  const int64_t before = m.days;
  BOOST_REQUIRE(parse_moment("0001-01-01", MomentKind::date, m));
  BOOST_TEST(m.days == before + 1);
  BOOST_TEST(m.days == -719162);
  BOOST_TEST(date("2024-02-29 00:00:00.000") == "2024-02-29");
  for (const auto* text : {"0000-00-00", "2024-00-10", "2023-02-29", "infinity", "", "2024-02-29 00:00:01", "abc"})
    BOOST_TEST(date(text) == "none");
}

BOOST_AUTO_TEST_CASE(times) {
  BOOST_TEST(time("00:00") == "00:00:00");
  BOOST_TEST(time("23:59:59.999999") == "23:59:59.999999");
  BOOST_TEST(time("01:02:03.5") == "01:02:03.500000");
  BOOST_TEST(time("01:02:03.123456700", 7) == "01:02:03.1234567");
  for (const auto* text : {"24:00:00", "-01:00:00", "838:59:59", "12:60:00", "12:00:00.", "12:00:00.1234567891"})
    BOOST_TEST(time(text) == "none");
}

BOOST_AUTO_TEST_CASE(timestamps) {
  BOOST_TEST(timestamp("2024-02-29 12:13:14.123456") == "2024-02-29 12:13:14.123456000");
  BOOST_TEST(timestamp("2024-02-29T12:13:14") == "2024-02-29 12:13:14");
  BOOST_TEST(timestamp("2024-02-29") == "2024-02-29 00:00:00");
  BOOST_TEST(timestamp("0044-03-15 01:02:03.5 BC") == "0044-03-15 01:02:03.500000000 BC");
  BOOST_TEST(timestamp("2024-07-01 12:00:00+00") == "2024-07-01 12:00:00+00:00");
  BOOST_TEST(timestamp("2024-07-01 12:00:00+05:30") == "2024-07-01 12:00:00+00:00 - 19800");
  BOOST_TEST(timestamp("1900-01-01 00:00:00-00:25:21") == "1900-01-01 00:00:00+00:00 - -1521");
  BOOST_TEST(timestamp("0044-03-15 01:02:03+00 BC") == "0044-03-15 01:02:03+00:00 BC");
  for (const auto* text : {"0000-00-00 00:00:00", "infinity", "2024-02-29 25:00:00", "2024-02-29 12:00:00 x"})
    BOOST_TEST(timestamp(text) == "none");
}

BOOST_AUTO_TEST_SUITE_END()
