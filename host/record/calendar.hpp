// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace sluice::record {

// The proleptic Gregorian calendar over the whole range of 64-bit timestamps (the standard library's stops at the year
// 32767). Year 0 is 1 BC. Days count from 1970-01-01.

struct CivilDate {
  std::int64_t year;
  int month;  // 1..12
  int day;    // 1..31
};

constexpr std::int64_t seconds_per_day = 86'400;

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a % b < 0) != (b < 0));
}
constexpr std::int64_t floor_mod(std::int64_t a, std::int64_t b) { return a % b < 0 ? a % b + b : a % b; }

constexpr bool is_leap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

constexpr int days_in_month(std::int64_t year, int month) {
  if (month == 2) return is_leap(year) ? 29 : 28;
  return 30 + (0b1010110101010 >> month & 1);  // January, March, May, July, August, October, December
}

constexpr std::int64_t days_per_era = 146'097;  // 400 years

// Years are counted from March here, so that the leap day is the last of its year. Within an era everything fits 32
// bits without sign, which is what makes this fast.
constexpr std::int64_t days_from_civil(const CivilDate& date) {
  const bool early = date.month <= 2;
  const std::int64_t year = date.year - (early ? 1 : 0);
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const auto year_of_era = static_cast<std::uint32_t>(year - era * 400);
  const auto month = static_cast<std::uint32_t>(date.month + (early ? 9 : -3));
  const std::uint32_t day_of_year = (153 * month + 2) / 5 + static_cast<std::uint32_t>(date.day) - 1;
  const std::uint32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * days_per_era + day_of_era - 719'468;
}

constexpr CivilDate civil_from_days(std::int64_t days) {
  const std::int64_t shifted = days + 719'468;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - (days_per_era - 1)) / days_per_era;
  const auto day_of_era = static_cast<std::uint32_t>(shifted - era * days_per_era);
  const std::uint32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::uint32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::uint32_t month = (5 * day_of_year + 2) / 153;
  const auto day = static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1);
  const bool early = month >= 10;
  return {era * 400 + year_of_era + (early ? 1 : 0), static_cast<int>(month) + (early ? -9 : 3), day};
}

// 0: Sunday
constexpr int weekday_of(std::int64_t days) { return static_cast<int>(floor_mod(days + 4, 7)); }

}  // namespace sluice::record
