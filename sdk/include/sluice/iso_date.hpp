// SPDX-License-Identifier: Apache-2.0
// Days as ISO 8601 writes them, YYYY-MM-DD: ten bytes, years 0000 to 9999 of the proleptic Gregorian calendar. Without
// branches for each digit, since dates come by the million. [any-thread]
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>

#include "sluice/digits.hpp"

namespace sluice {

inline constexpr int32_t first_iso_day = -719'528;  // 0000-01-01, in days since 1970-01-01
inline constexpr int32_t last_iso_day = 2'932'896;  // 9999-12-31

inline bool is_iso_day(int64_t days) { return days >= first_iso_day && days <= last_iso_day; }

namespace detail {
struct MonthShape {
  uint16_t days;    // of a common year
  uint16_t before;  // days of the months before it, in a year that begins with March
};
inline constexpr int32_t first_march = -719'468 - 146'097;  // 0000-03-01 less 400 years, in days since 1970-01-01
inline constexpr MonthShape months[13] = {{0, 0},    {31, 306}, {28, 337}, {31, 0},   {30, 31},  {31, 61}, {30, 92},
                                          {31, 122}, {31, 153}, {30, 184}, {31, 214}, {30, 245}, {31, 275}};

inline bool is_leap(unsigned year) { return year % (year % 100 == 0 ? 400 : 4) == 0; }

// The digits of "YYYY-MM-" as eight bytes of an integer, the year's first one lowest; false when it is no such text.
inline bool year_and_month(const char* text, uint64_t& digits) {
  constexpr uint64_t shape = 0x2D'3030'2D'3030'3030, every = 0x01'0101'01'0101'0101;
  digits = load_text<uint64_t>(text) ^ shape;
  return (((digits + every * (0x7F - 9)) | digits) & every * 0x80) == 0 && (digits & 0xFF'0000'FF'0000'0000) == 0;
}
}  // namespace detail

// Days since 1970-01-01 of the ten bytes; nothing when they are no day.
inline std::optional<int32_t> parse_iso_day(const char* text) {
  uint64_t digits = 0;
  if (!detail::year_and_month(text, digits)) return std::nullopt;
  const unsigned tens = static_cast<unsigned char>(text[8]) - unsigned{'0'};
  const unsigned ones = static_cast<unsigned char>(text[9]) - unsigned{'0'};
  const uint64_t pairs = digits * 10 + (digits >> 8);  // of a byte and the next one
  const unsigned year = (pairs & 0xFF) * 100 + (pairs >> 16 & 0xFF);
  const unsigned month = pairs >> 40 & 0xFF, day = 10 * tens + ones;
  if (tens > 9 || ones > 9 || month - 1 > 11) return std::nullopt;
  const detail::MonthShape& shape = detail::months[month];
  if (day - 1 >= shape.days && !(month == 2 && day == 29 && detail::is_leap(year))) return std::nullopt;
  // Years that begin with March, 400 more than there are, so that none is below 0.
  const unsigned years = year + 400 - (month < 3 ? 1 : 0);
  return static_cast<int32_t>(years * 365 + years / 4 - years / 100 + years / 400 + shape.before + day - 1) +
         detail::first_march;
}

namespace detail {
struct DayText {
  char text[6];    // -MM-DD
  uint16_t years;  // 1 in January and February: a year that began with March is the one before it
};
// Of a year that begins with March.
inline constexpr auto day_texts = [] {
  std::array<DayText, 366> table{};
  for (unsigned month = 1; month <= 12; ++month) {
    const unsigned days = month == 2 ? 29 : months[month].days;
    for (unsigned day = 1; day <= days; ++day) {
      const auto digit = [](unsigned number) { return static_cast<char>('0' + number % 10); };
      table[months[month].before + day - 1] = {{'-', digit(month / 10), digit(month), '-', digit(day / 10), digit(day)},
                                               static_cast<uint16_t>(month < 3)};
    }
  }
  return table;
}();
}  // namespace detail

// Ten bytes for a day of is_iso_day(); the end of them. Century, year and day by multiplications alone: C. Neri and
// L. Schneider, "Euclidean affine functions and their application to calendar algorithms", 2022.
inline char* write_iso_day(int32_t days, char* out) {
  constexpr uint32_t days_of_four_centuries = 146'097;
  constexpr uint64_t factor = 2'939'745;  // 2^32 / 1461, for a year of 365.25 days
  const uint32_t quarters = 4 * static_cast<uint32_t>(days - detail::first_march) + 3;
  const uint32_t century = quarters / days_of_four_centuries;
  const uint64_t years = factor * (quarters % days_of_four_centuries | 3);
  const detail::DayText& day = detail::day_texts[static_cast<uint32_t>(years) / factor / 4];
  const auto year = 100 * century + static_cast<uint32_t>(years >> 32) + day.years - 400;
  out = write_two_digits(year % 100, write_two_digits(year / 100, out));
  std::memcpy(out, day.text, sizeof day.text);
  return out + sizeof day.text;
}

}  // namespace sluice
