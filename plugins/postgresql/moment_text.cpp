// SPDX-License-Identifier: Apache-2.0
#include "postgresql/moment_text.hpp"

#include <cstdio>

namespace sluice::postgresql {

namespace {

constexpr int64_t day_length = 86'400'000'000;

struct Day {
  int64_t year;
  unsigned month, day;
};

// The proleptic Gregorian calendar, counted in eras of 400 years that begin on 1 March.
Day civil(int64_t days_from_2000) {
  const int64_t days = days_from_2000 + 730425;  // from 0000-03-01
  const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const auto of_era = static_cast<unsigned>(days - era * 146097);
  const unsigned year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const unsigned day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted = (5 * day_of_year + 2) / 153;
  const unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {era * 400 + year_of_era + (month <= 2 ? 1 : 0), month, day_of_year - (153 * shifted + 2) / 5 + 1};
}

std::string year_first(const Day& day) {
  char text[40];
  const int64_t year = day.year > 0 ? day.year : 1 - day.year;
  std::snprintf(text, sizeof text, "%04lld-%02u-%02u", static_cast<long long>(year), day.month, day.day);
  return text;
}

}  // namespace

std::string date_text(int32_t days) {
  const Day day = civil(days);
  return year_first(day) + (day.year > 0 ? "" : " BC");
}

std::string time_text(int64_t microseconds) {
  char text[40];
  const auto seconds = static_cast<long long>(microseconds / 1'000'000);
  std::snprintf(text, sizeof text, "%02lld:%02lld:%02lld.%06lld", seconds / 3600, seconds / 60 % 60, seconds % 60,
                static_cast<long long>(microseconds % 1'000'000));
  return text;
}

std::string timestamp_text(int64_t microseconds, bool is_instant) {
  int64_t days = microseconds / day_length, rest = microseconds % day_length;
  if (rest < 0) rest += day_length, --days;
  const Day day = civil(days);
  return year_first(day) + " " + time_text(rest) + (is_instant ? "+00" : "") + (day.year > 0 ? "" : " BC");
}

}  // namespace sluice::postgresql
