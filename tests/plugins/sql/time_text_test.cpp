// SPDX-License-Identifier: Apache-2.0
#include "sql/time_text.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace sluice::sql;

namespace {
std::string date(int32_t days) {
  char text[longest_time_text];
  return {text, write_date(days, text)};
}
std::string timestamp(int64_t microseconds, bool instant = false) {
  char text[longest_time_text];
  return {text, write_timestamp(microseconds, instant, text)};
}
}  // namespace

BOOST_AUTO_TEST_SUITE(time_text)

BOOST_AUTO_TEST_CASE(dates_there_and_back) {
  for (const char* text : {"0000-01-01", "1969-12-31", "1970-01-01", "2024-02-29", "9999-12-31"})
    BOOST_TEST(date(parse_date(text).value()) == text);
  BOOST_TEST(parse_date("1970-01-02").value() == 1);
  BOOST_TEST(parse_date("1969-12-31 00:00:00").value() == -1);
  for (const char* wrong : {"", "2024-02-30", "2023-02-29", "2024-13-01", "24-01-01", "2024-01-01 00:00:01", "2024-1-1",
                            "2024-01-01x", "10000-01-01"})
    BOOST_TEST(!parse_date(wrong), wrong);
}

BOOST_AUTO_TEST_CASE(timestamps_there_and_back) {
  for (const char* text : {"1969-12-31 23:59:59.999999", "1970-01-01 00:00:00", "2024-02-29 13:05:07.000001",
                           "0000-01-01 00:00:00", "9999-12-31 23:59:59.999999"})
    BOOST_TEST(timestamp(parse_timestamp(text, false).value()) == text);
  BOOST_TEST(parse_timestamp("2024-01-01T10:00", false).value() ==
             parse_timestamp("2024-01-01 10:00:00.000", false).value());
  BOOST_TEST(parse_timestamp("1970-01-01 00:00:00.1234560", false).value() == 123456);
  for (const char* wrong :
       {"1970-01-01 00:00:00.1234567", "1970-01-01 24:00:00", "1970-01-01 00:60:00", "1970-01-01 00:00:00Z",
        "1970-01-01 00:00:00.", "1970-01-01 ", "1700000000", "1970-01-01 00:00:00+01:00"})
    BOOST_TEST(!parse_timestamp(wrong, false), wrong);
}

BOOST_AUTO_TEST_CASE(instants_know_zones) {
  BOOST_TEST(timestamp(0, true) == "1970-01-01 00:00:00+00:00");
  for (const char* same : {"1970-01-01 02:00:00+02:00", "1970-01-01T00:00:00Z", "1969-12-31 18:30:00-05:30",
                           "1970-01-01 02:00:00+02", "1970-01-01 00:00:00", "1970-01-01 02:00:00+0200"})
    BOOST_TEST(parse_timestamp(same, true).value() == 0, same);
  for (const char* wrong : {"1970-01-01 00:00:00+", "1970-01-01 00:00:00+2", "1970-01-01 00:00:00 UTC"})
    BOOST_TEST(!parse_timestamp(wrong, true), wrong);
}

BOOST_AUTO_TEST_CASE(times_of_day) {
  char text[longest_time_text];
  BOOST_TEST(std::string(text, write_time(parse_time("23:59:59.999999").value(), text)) == "23:59:59.999999");
  BOOST_TEST(parse_time("00:01").value() == 60'000'000);
  BOOST_TEST(!parse_time("24:00:00"));
  BOOST_TEST(!parse_time("10"));
}

BOOST_AUTO_TEST_CASE(what_has_a_text) {
  BOOST_TEST(date_has_text(parse_date("0000-01-01").value()));
  BOOST_TEST(!date_has_text(parse_date("0000-01-01").value() - 1));
  BOOST_TEST(date_has_text(parse_date("9999-12-31").value()));
  BOOST_TEST(!date_has_text(parse_date("9999-12-31").value() + 1));
  BOOST_TEST(timestamp_has_text(parse_timestamp("9999-12-31 23:59:59.999999", false).value()));
  BOOST_TEST(!timestamp_has_text(parse_timestamp("9999-12-31 23:59:59.999999", false).value() + 1));
  BOOST_TEST(!timestamp_has_text(parse_timestamp("0000-01-01", false).value() - 1));
}

BOOST_AUTO_TEST_SUITE_END()
