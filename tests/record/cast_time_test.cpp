// SPDX-License-Identifier: Apache-2.0
#include "sample.hpp"

namespace sluice::record {
BOOST_AUTO_TEST_SUITE(cast_time_test)

namespace {

constexpr Type text{TypeId::utf8};
constexpr Type date{TypeId::date32};
constexpr Type wall{.id = TypeId::timestamp_us};
constexpr Type wall_ns{.id = TypeId::timestamp_ns};
constexpr Type instant{.id = TypeId::timestamp_us, .utc = true};
constexpr Type instant_ns{.id = TypeId::timestamp_ns, .utc = true};
const CastOptions berlin{"Europe/Berlin"};

}  // namespace

BOOST_AUTO_TEST_CASE(local_times_become_instants) {
  BOOST_TEST(cast_text(wall, "2024-07-01 12:00:00.123456", instant, berlin) == "2024-07-01 10:00:00.123456+00:00");
  BOOST_TEST(cast_text(wall, "2024-12-01 12:00:00", instant, berlin) == "2024-12-01 11:00:00+00:00");
  BOOST_TEST(cast_text(wall, "2050-07-01 12:00:00", instant, berlin) == "2050-07-01 10:00:00+00:00");
  BOOST_TEST(cast_text(wall, "1800-01-01 00:00:00", instant, berlin) == "1799-12-31 23:06:32+00:00");
  BOOST_TEST(cast_text(wall, "2024-03-31 02:30:00", instant, berlin) == "!time-gap");
  BOOST_TEST(cast_text(wall, "2024-10-27 02:30:00", instant, berlin) == "!time-twice");
  BOOST_TEST(cast_text(wall, "1969-12-31 23:59:59.999999", instant_ns, berlin) ==
             "1969-12-31 22:59:59.999999000+00:00");
  BOOST_TEST(cast_text(wall, "294247-01-10 04:00:54.775807", instant, {"America/New_York"}) == "!range");
}

BOOST_AUTO_TEST_CASE(instants_become_local_times) {
  BOOST_TEST(cast_text(instant, "2024-07-01 10:00:00Z", wall, berlin) == "2024-07-01 12:00:00");
  BOOST_TEST(cast_text(instant, "2024-10-27 00:30:00Z", wall, berlin) == "2024-10-27 02:30:00");
  BOOST_TEST(cast_text(instant, "2024-10-27 01:30:00Z", wall, berlin) == "2024-10-27 02:30:00");
  BOOST_TEST(cast_text(instant_ns, "2024-07-01 10:00:00.000000001Z", wall, berlin) == "!inexact");
  BOOST_TEST(cast_text(instant, "2024-07-01 10:00:00Z", wall_ns, berlin) == "2024-07-01 12:00:00");
  BOOST_TEST(cast_text(instant, "294247-01-10 04:00:54.775807Z", wall, berlin) == "!range");
}

BOOST_AUTO_TEST_CASE(dates_meet_instants_at_local_midnight) {
  BOOST_TEST(cast_text(date, "2024-07-01", instant, berlin) == "2024-06-30 22:00:00+00:00");
  BOOST_TEST(cast_text(instant, "2024-06-30 22:00:00Z", date, berlin) == "2024-07-01");
  BOOST_TEST(cast_text(instant, "2024-06-30 21:59:59Z", date, berlin) == "!inexact");
  BOOST_TEST(cast_text(date, "2018-11-04", instant, {"America/Sao_Paulo"}) == "!time-gap");
}

BOOST_AUTO_TEST_CASE(texts_with_and_without_offset) {
  BOOST_TEST(cast_text(text, "2024-07-01 12:00:00", instant, berlin) == "2024-07-01 10:00:00+00:00");
  BOOST_TEST(cast_text(text, "2024-07-01 12:00:00-05:00", instant, berlin) == "2024-07-01 17:00:00+00:00");
  BOOST_TEST(cast_text(text, "2024-07-01 12:00:00Z", wall, berlin) == "2024-07-01 14:00:00");
  BOOST_TEST(cast_text(text, "2024-07-01 12:00:00", wall, berlin) == "2024-07-01 12:00:00");
  BOOST_TEST(cast_text(text, "2024-03-31 02:30:00", instant, berlin) == "!time-gap");
}

BOOST_AUTO_TEST_CASE(the_zone_is_asked_for_and_checked) {
  const auto missing = Cast::plan(one_column(wall), one_column(instant));
  BOOST_TEST(missing.error().front().text ==
             "column 1 'x': timestamp cannot be written to timestamp with zone 'x' without a time zone");
  BOOST_TEST(missing.error().front().advice ==
             "set setting.common.column.timeZone to the zone of the times without one, such as \"Europe/Berlin\"");
  const auto wrong = Cast::plan(one_column(wall), one_column(instant), {"Berlin"});
  BOOST_TEST_REQUIRE(wrong.error().size() == 1u);
  BOOST_TEST(wrong.error().front().text ==
             "there is no time zone of this name: 'Berlin', did you mean 'Europe/Berlin'?");
  BOOST_TEST(wrong.error().front().setting == "setting.common.column.timeZone");
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::record
