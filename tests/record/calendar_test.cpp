// SPDX-License-Identifier: Apache-2.0
#include "record/calendar.hpp"

#include "sample.hpp"

namespace sluice::record {
BOOST_AUTO_TEST_SUITE(calendar_test)

BOOST_AUTO_TEST_CASE(known_days) {
  BOOST_TEST(days_from_civil({1970, 1, 1}) == 0);
  BOOST_TEST(days_from_civil({2000, 2, 29}) == 11'016);
  BOOST_TEST(days_from_civil({1582, 10, 15}) == -141'427);
  BOOST_TEST(days_from_civil({-4712, 1, 1}) == -2'440'550);  // proleptic Gregorian: 38 days after Julian day 0
  BOOST_TEST(days_from_civil({0, 2, 29}) == -719'469);
  BOOST_TEST(days_from_civil({9999, 12, 31}) == 2'932'896);
  BOOST_TEST(weekday_of(0) == 4);   // a Thursday
  BOOST_TEST(weekday_of(-5) == 6);  // a Saturday
}

// Day by day through 800 years around the epoch's eras, and with long steps as far as timestamps reach.
BOOST_AUTO_TEST_CASE(every_day_follows_the_one_before) {
  CivilDate before = civil_from_days(-800'000);
  for (std::int64_t day = -799'999; day < -500'000; ++day) {
    const CivilDate date = civil_from_days(day);
    const bool same_month = date.day == before.day + 1 && date.month == before.month && date.year == before.year;
    const bool next_month = date.day == 1 && before.day == days_in_month(before.year, before.month) &&
                            date.month == before.month % 12 + 1 && date.year == before.year + (before.month == 12);
    BOOST_TEST_REQUIRE((same_month || next_month), day);
    BOOST_TEST_REQUIRE(days_from_civil(date) == day);
    before = date;
  }
  for (std::int64_t day = -2'147'483'648; day <= 2'147'483'647; day += 999'983) {
    BOOST_TEST_REQUIRE(days_from_civil(civil_from_days(day)) == day);
  }
}

BOOST_AUTO_TEST_CASE(leap_years) {
  BOOST_TEST(is_leap(2000));
  BOOST_TEST(!is_leap(1900));
  BOOST_TEST(is_leap(0));
  BOOST_TEST(is_leap(-4));
  BOOST_TEST(days_in_month(2023, 2) == 28);
  BOOST_TEST(days_in_month(2024, 2) == 29);
  BOOST_TEST(days_in_month(2024, 9) == 30);
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::record
