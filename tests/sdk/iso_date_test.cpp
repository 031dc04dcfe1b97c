// SPDX-License-Identifier: Apache-2.0
#include "sluice/iso_date.hpp"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <string>

using namespace sluice;

namespace {
std::string day_text(int32_t days) {
  std::string text(10, ' ');
  BOOST_TEST(write_iso_day(days, text.data()) == text.data() + 10);
  return text;
}
std::string two(unsigned digits) {
  return {static_cast<char>('0' + digits / 10), static_cast<char>('0' + digits % 10)};
}
}  // namespace

BOOST_AUTO_TEST_SUITE(iso_date)

BOOST_AUTO_TEST_CASE(every_day_is_the_calendar_s_and_read_as_it_is_written) {
  BOOST_TEST(day_text(first_iso_day) == "0000-01-01");
  BOOST_TEST(day_text(0) == "1970-01-01");
  BOOST_TEST(day_text(last_iso_day) == "9999-12-31");
  char text[10];
  for (int32_t days = first_iso_day; is_iso_day(days); ++days) {
    write_iso_day(days, text);
    const std::chrono::year_month_day ymd{std::chrono::sys_days(std::chrono::days(days))};
    const auto year = static_cast<unsigned>(static_cast<int>(ymd.year()));
    const std::string calendar = two(year / 100) + two(year % 100) + "-" + two(static_cast<unsigned>(ymd.month())) +
                                 "-" + two(static_cast<unsigned>(ymd.day()));
    if (calendar != std::string_view(text, sizeof text)) BOOST_ERROR("not the calendar's day: " << calendar);
    if (parse_iso_day(text) != days) BOOST_ERROR("not read as it was written: " << days);
  }
}

BOOST_AUTO_TEST_CASE(months_have_their_days) {
  for (const unsigned year : {0U, 1900U, 2000U, 2023U, 2024U, 9999U}) {
    for (unsigned month = 0; month < 100; ++month) {
      for (unsigned day = 0; day < 100; ++day) {
        const std::chrono::year_month_day ymd{std::chrono::year(static_cast<int>(year)), std::chrono::month(month),
                                              std::chrono::day(day)};
        const std::string text = two(year / 100) + two(year % 100) + "-" + two(month) + "-" + two(day);
        if (parse_iso_day(text.c_str()).has_value() != ymd.ok()) BOOST_ERROR("taken for a day, or not: " << text);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(other_bytes_are_no_day) {
  for (const char* wrong : {"2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "2024-01-00"})
    BOOST_TEST(!parse_iso_day(wrong), wrong);
  for (size_t at = 0; at < 10; ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text = "2024-02-29";
      if (byte == text[at] || (text[at] != '-' && byte >= '0' && byte <= '9')) continue;
      text[at] = static_cast<char>(byte);
      BOOST_TEST(!parse_iso_day(text.c_str()), byte << " at " << at);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
