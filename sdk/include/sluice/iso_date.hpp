// SPDX-License-Identifier: Apache-2.0
// Days as ISO 8601 writes them, YYYY-MM-DD: ten bytes, years 0000 to 9999 of the proleptic Gregorian calendar. Without
// branches for each digit, since dates come by the million. [any-thread]
#pragma once

#include <chrono>
#include <cstdint>
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
  constexpr int32_t to_epoch = -719'468 - 146'097;  // 0000-03-01, and 400 years
  return static_cast<int32_t>(years * 365 + years / 4 - years / 100 + years / 400 + shape.before + day - 1) + to_epoch;
}

// Ten bytes for a day of is_iso_day(); the end of them.
inline char* write_iso_day(int32_t days, char* out) {
  const std::chrono::year_month_day ymd{std::chrono::sys_days(std::chrono::days(days))};
  const auto year = static_cast<unsigned>(static_cast<int>(ymd.year()));
  out = write_two_digits(year % 100, write_two_digits(year / 100, out));
  *out++ = '-';
  out = write_two_digits(static_cast<unsigned>(ymd.month()), out);
  *out++ = '-';
  return write_two_digits(static_cast<unsigned>(ymd.day()), out);
}

}  // namespace sluice
