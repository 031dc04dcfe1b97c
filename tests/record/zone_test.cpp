// SPDX-License-Identifier: Apache-2.0
#include "record/zone.hpp"

#include <random>

#include "record/calendar.hpp"
#include "sample.hpp"

namespace sluice::record {

BOOST_AUTO_TEST_SUITE(zone_test)

namespace {

Zone zone(const char* name) {
  auto found = Zone::find(name);
  BOOST_TEST_REQUIRE(found.has_value(), name);
  return *found;
}

std::int64_t at(std::int64_t year, int month, int day, int hour = 0, int minute = 0) {
  return days_from_civil({year, month, day}) * seconds_per_day + hour * 3600 + minute * 60;
}

}  // namespace

BOOST_AUTO_TEST_CASE(unknown_names) {
  BOOST_TEST(Zone::find("Europe/Atlantis").error() == "there is no time zone of this name: 'Europe/Atlantis'");
  BOOST_TEST(Zone::find("europe/berlin").error() ==
             "there is no time zone of this name: 'europe/berlin', did you mean 'Europe/Berlin'?");
  BOOST_TEST(Zone::find("Berlin").error() ==
             "there is no time zone of this name: 'Berlin', did you mean 'Europe/Berlin'?");
  BOOST_TEST(!Zone::find("../../etc/passwd").has_value());
  BOOST_TEST(!Zone::find("").has_value());
}

BOOST_AUTO_TEST_CASE(offsets_over_the_centuries) {
  const Zone berlin = zone("Europe/Berlin");
  BOOST_TEST(berlin.span_at(at(1800, 7, 1)).offset == 3208);  // local mean time
  BOOST_TEST(berlin.span_at(at(1950, 7, 1)).offset == 3600);
  BOOST_TEST(berlin.span_at(at(2024, 7, 1)).offset == 7200);
  BOOST_TEST(berlin.span_at(at(2024, 12, 1)).offset == 3600);
  BOOST_TEST(zone("Asia/Kathmandu").span_at(at(2024, 1, 1)).offset == 20'700);
  BOOST_TEST(zone("UTC").span_at(at(2024, 1, 1)).offset == 0);
}

// The zone database lists changes until 2037; what follows stands in its rule.
BOOST_AUTO_TEST_CASE(summer_time_goes_on_after_2037) {
  for (const std::int64_t year : {2037, 2038, 2050, 2100, 9999, 200'000}) {
    BOOST_TEST(zone("Europe/Berlin").span_at(at(year, 7, 1)).offset == 7200, year);
    BOOST_TEST(zone("Europe/Berlin").span_at(at(year, 12, 31)).offset == 3600, year);
    BOOST_TEST(zone("America/New_York").span_at(at(year, 7, 1)).offset == -14'400, year);
    BOOST_TEST(zone("Australia/Sydney").span_at(at(year, 1, 1)).offset == 39'600, year);
    BOOST_TEST(zone("Australia/Sydney").span_at(at(year, 7, 1)).offset == 36'000, year);
    BOOST_TEST(zone("Europe/Dublin").span_at(at(year, 7, 1)).offset == 3600, year);
    BOOST_TEST(zone("Europe/Dublin").span_at(at(year, 1, 1)).offset == 0, year);
    BOOST_TEST(zone("Asia/Tokyo").span_at(at(year, 7, 1)).offset == 32'400, year);
  }
  const Zone berlin = zone("Europe/Berlin");
  BOOST_TEST(berlin.span_at(at(2050, 3, 27, 0, 59)).offset == 3600);
  BOOST_TEST(berlin.span_at(at(2050, 3, 27, 1, 0)).offset == 7200);
  BOOST_TEST(berlin.span_at(at(2050, 10, 30, 0, 59)).offset == 7200);
  BOOST_TEST(berlin.span_at(at(2050, 10, 30, 1, 0)).offset == 3600);
}

BOOST_AUTO_TEST_CASE(gaps_and_doubled_hours) {
  const Zone berlin = zone("Europe/Berlin");
  for (const std::int64_t year : {2024, 2052}) {  // both start summer time on March 31
    ZoneCursor cursor(berlin);
    std::int64_t utc = 0;
    BOOST_TEST(cursor.to_utc(at(year, 3, 31, 1, 59), utc) == Fault::none);
    BOOST_TEST(utc == at(year, 3, 31, 0, 59));
    BOOST_TEST(cursor.to_utc(at(year, 3, 31, 2, 0), utc) == Fault::time_gap);
    BOOST_TEST(cursor.to_utc(at(year, 3, 31, 2, 59), utc) == Fault::time_gap);
    BOOST_TEST(cursor.to_utc(at(year, 3, 31, 3, 0), utc) == Fault::none);
    BOOST_TEST(utc == at(year, 3, 31, 1, 0));
    BOOST_TEST(cursor.to_utc(at(year, 10, 27, 1, 59), utc) == Fault::none);
    BOOST_TEST(cursor.to_utc(at(year, 10, 27, 2, 0), utc) == Fault::time_twice);
    BOOST_TEST(cursor.to_utc(at(year, 10, 27, 2, 59), utc) == Fault::time_twice);
    BOOST_TEST(cursor.to_utc(at(year, 10, 27, 3, 0), utc) == Fault::none);
    BOOST_TEST(utc == at(year, 10, 27, 2, 0));
  }
  const Zone apia = zone("Pacific/Apia");  // had no December 30 in 2011
  ZoneCursor cursor(apia);
  std::int64_t utc = 0;
  BOOST_TEST(cursor.to_utc(at(2011, 12, 30, 12), utc) == Fault::time_gap);
  BOOST_TEST(cursor.to_utc(at(2011, 12, 31, 0), utc) == Fault::none);
  BOOST_TEST(utc == at(2011, 12, 30, 10));
}

BOOST_AUTO_TEST_CASE(a_cursor_forgets_nothing_between_instants) {
  const auto seed = std::random_device()();
  BOOST_TEST_CONTEXT("seed " << seed) {
    std::mt19937_64 random(seed);
    for (const char* name :
         {"Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca", "America/Nuuk"}) {
      const Zone place = zone(name);
      ZoneCursor cursor(place);
      for (int i = 0; i < 20'000; ++i) {
        const std::int64_t instant =
            std::uniform_int_distribution<std::int64_t>(at(1850, 1, 1), at(2150, 1, 1))(random);
        const std::int64_t offset = cursor.offset_at(instant);
        BOOST_TEST_REQUIRE(offset == place.span_at(instant).offset);
        std::int64_t back = 0;
        const Fault fault = cursor.to_utc(instant + offset, back);
        BOOST_TEST_REQUIRE((fault == Fault::time_twice || (fault == Fault::none && back == instant)),
                           name << " " << instant);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(rules_in_posix_form) {
  const auto nuuk = ZoneRule::parse("<-02>2<-01>,M3.5.0/-1,M10.5.0/0");
  BOOST_TEST_REQUIRE(nuuk.has_value());
  BOOST_TEST(nuuk->span_at(at(2024, 7, 1)).offset == -3600);
  BOOST_TEST(nuuk->span_at(at(2024, 1, 1)).offset == -7200);
  BOOST_TEST(nuuk->span_at(at(2024, 3, 31, 1, 0)).offset == -3600);  // 23:00 local time of the day before
  BOOST_TEST(nuuk->span_at(at(2024, 3, 31, 0, 59)).offset == -7200);
  for (const char* text : {"", "CET", "CET-1", "<+03>-3", "CET-1CEST", "CET-1CEST,J60,J300", "CET-1CEST,M3.6.0,M10.5.0",
                           "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0/3x", "<CET-1CEST,M3.5.0,M10.5.0"}) {
    BOOST_TEST(!ZoneRule::parse(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::record
