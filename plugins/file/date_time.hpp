// SPDX-License-Identifier: Apache-2.0
// Dates and times as text: ISO 8601 (with a blank or a T), and user patterns such as "dd.MM.yyyy HH:mm". Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sluice/iso_date.hpp"

namespace sluice::file {

inline constexpr std::int64_t micros_per_second = 1000000;
inline constexpr std::int64_t micros_per_day = 86400 * micros_per_second;

// A point on the calendar. Days since 1970-01-01; microseconds within the day.
struct DateTime {
  std::int32_t days = 0;
  std::int64_t micros = 0;
  bool has_offset = false;
  std::int32_t offset_seconds = 0;  // east of UTC

  std::int64_t timestamp() const { return days * micros_per_day + micros; }
};

// The readers below answer NULL, or why the text cannot be read: static text.
enum class Wanted { date, time, date_time, instant };
const char* parse_iso(std::string_view text, Wanted wanted, DateTime& out);

// The same for a date alone, "2024-02-29", in days; false when it is anything else.
bool parse_usual_date(std::string_view text, std::int32_t& days);

// Of the proleptic Gregorian calendar, with a year 0, as far as a date or timestamp reaches.
struct CalendarDay {
  int year, month, day;
};
CalendarDay calendar_day(std::int64_t days);

// The longest of the forms below, with room to spare.
inline constexpr std::size_t longest_time = 64;

// Write the ISO form and answer its end: "2024-02-29", "23:59:59.25" (no fraction when it is zero).
char* format_any_date(char* out, std::int64_t days);
inline char* format_date(char* out, std::int64_t days) {
  if (!is_iso_day(days)) [[unlikely]]
    return format_any_date(out, days);
  return write_iso_day(static_cast<std::int32_t>(days), out);
}
char* format_time(char* out, std::int64_t nanos);
char* format_timestamp(char* out, std::int64_t nanos_of_day, std::int64_t days, bool utc);

// A pattern of yyyy yy MM dd HH mm ss S..., XXX (offset, "+02:00" or "Z") and quoted or other literals.
class DatePattern {
 public:
  // Throws SLUICE_INVALID and says which letter it does not know.
  explicit DatePattern(std::string_view pattern);

  bool has_date() const { return has_date_; }
  bool has_time() const { return has_time_; }
  bool has_offset() const { return has_offset_; }
  bool is_iso_date() const { return is_iso_date_; }  // yyyy-MM-dd

  const char* parse(std::string_view text, DateTime& out) const;
  // Appends; an offset is written as Z.
  void format(std::string& out, std::int64_t days, std::int64_t nanos_of_day) const;

 private:
  struct Part {
    char letter;  // 0: a literal
    int count;
    std::string literal;
  };
  void add(char letter, int count);

  std::vector<Part> parts_;
  bool is_iso_date_ = false;
  bool has_date_ = false;
  bool has_time_ = false;
  bool has_offset_ = false;
};

}  // namespace sluice::file
