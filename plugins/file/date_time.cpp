// SPDX-License-Identifier: Apache-2.0
#include "date_time.hpp"

#include <charconv>
#include <chrono>
#include <cstdlib>

namespace sluice::file {

namespace {

constexpr const char* not_a_date = "not a date (yyyy-MM-dd)";
constexpr const char* not_a_time = "not a time (HH:mm:ss)";
constexpr const char* no_such_date = "no such date";
constexpr const char* no_such_time = "no such time of day";
constexpr const char* finer_than_microseconds = "more precise than microseconds";
constexpr const char* not_an_instant = "no offset from UTC (Z, +02:00) behind the time";

// Reads digits and punctuation from a text, each step answering whether it was there.
struct Scanner {
  const char* at;
  const char* end;

  bool done() const { return at == end; }
  bool skip(char c) {
    if (at == end || *at != c) return false;
    ++at;
    return true;
  }
  bool number(int digits, int& out) {
    if (end - at < digits) return false;
    out = 0;
    for (int i = 0; i < digits; ++i, ++at) {
      if (*at < '0' || *at > '9') return false;
      out = out * 10 + (*at - '0');
    }
    return true;
  }
  // Up to nine digits of a fraction of a second.
  const char* fraction(std::int64_t& micros) {
    std::int64_t unit = micros_per_second / 10;
    const char* const begin = at;
    for (; at != end && *at >= '0' && *at <= '9'; ++at, unit /= 10) {
      if (unit == 0 && *at != '0') return finer_than_microseconds;
      micros += (*at - '0') * unit;
    }
    return at == begin ? not_a_time : nullptr;
  }
  bool offset(std::int32_t& seconds) {
    if (skip('Z') || skip('z')) return seconds = 0, true;
    const bool west = at != end && *at == '-';
    int hours = 0, minutes = 0;
    if ((!skip('+') && !skip('-')) || !number(2, hours)) return false;
    skip(':');
    if (!done() && !number(2, minutes)) return false;
    seconds = (west ? -1 : 1) * (hours * 3600 + minutes * 60);
    return hours < 24 && minutes < 60;
  }
};

constexpr std::int32_t first_day = -719162;  // 0001-01-01: there is no year 0 here

bool to_days(int year, int month, int day, std::int32_t& out) {
  using namespace std::chrono;
  const year_month_day date(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day)));
  if (year == 0 || !date.ok()) return false;
  out = static_cast<std::int32_t>(sys_days(date).time_since_epoch().count());
  return true;
}

const char* parse_date(Scanner& in, DateTime& out) {
  int year, month, day;
  if (!in.number(4, year) || !in.skip('-') || !in.number(2, month) || !in.skip('-') || !in.number(2, day))
    return not_a_date;
  return to_days(year, month, day, out.days) ? nullptr : no_such_date;
}

const char* parse_clock(Scanner& in, DateTime& out) {
  int hour, minute, second = 0;
  if (!in.number(2, hour) || !in.skip(':') || !in.number(2, minute)) return not_a_time;
  std::int64_t fraction = 0;
  if (in.skip(':')) {
    if (!in.number(2, second)) return not_a_time;
    if (in.skip('.'))
      if (const char* why = in.fraction(fraction)) return why;
  }
  if (hour > 23 || minute > 59 || second > 59) return no_such_time;
  out.micros = (hour * 3600 + minute * 60 + second) * micros_per_second + fraction;
  return nullptr;
}

// Exactly so many, the last ones of the value.
char* last_digits(char* out, std::int64_t value, int digits) {
  for (int i = digits - 1; i >= 0; --i, value /= 10) out[i] = static_cast<char>('0' + value % 10);
  return out + digits;
}

}  // namespace

const char* parse_iso(std::string_view text, Wanted wanted, DateTime& out) {
  Scanner in{text.data(), text.data() + text.size()};
  if (wanted != Wanted::time) {
    if (const char* why = parse_date(in, out)) return why;
    if (in.done()) return wanted == Wanted::instant ? not_an_instant : nullptr;
    if (wanted == Wanted::date) return not_a_date;
    if (!in.skip(' ') && !in.skip('T')) return not_a_date;
  }
  if (const char* why = parse_clock(in, out)) return why;
  if (wanted == Wanted::instant) {
    in.skip(' ');
    if (!in.offset(out.offset_seconds)) return not_an_instant;
    out.has_offset = true;
  }
  return in.done() ? nullptr : not_a_time;
}

bool parse_usual_date(std::string_view text, std::int32_t& days) {
  if (text.size() != 10) return false;
  const auto day = parse_iso_day(text.data());
  days = day.value_or(0);
  return day && days >= first_day;
}

CalendarDay calendar_day(std::int64_t days) {
  // std::chrono's years have 16 bits; the calendar repeats itself after 400 of them.
  constexpr std::int64_t cycle = 146097;
  const std::int64_t cycles = days / cycle;
  const std::chrono::year_month_day date(std::chrono::sys_days(std::chrono::days(days % cycle)));
  return {static_cast<int>(date.year()) + static_cast<int>(cycles * 400),
          static_cast<int>(static_cast<unsigned>(date.month())), static_cast<int>(static_cast<unsigned>(date.day()))};
}

char* format_any_date(char* out, std::int64_t days) {
  const CalendarDay date = calendar_day(days);
  if (date.year < 0) *out++ = '-';
  const int year = std::abs(date.year);
  out = year < 1000 ? last_digits(out, year, 4) : std::to_chars(out, out + 10, year).ptr;
  *out++ = '-';
  out = last_digits(out, date.month, 2);
  *out++ = '-';
  return last_digits(out, date.day, 2);
}

char* format_time(char* out, std::int64_t nanos) {
  const auto seconds = static_cast<unsigned>(nanos / 1000000000);
  const std::int64_t rest = nanos % 1000000000;
  out = write_two_digits(seconds / 3600 % 100, out);
  *out++ = ':';
  out = write_two_digits(seconds / 60 % 60, out);
  *out++ = ':';
  out = write_two_digits(seconds % 60, out);
  if (rest == 0) return out;
  *out++ = '.';
  out = rest % 1000 == 0 ? last_digits(out, rest / 1000, 6) : last_digits(out, rest, 9);
  while (out[-1] == '0') --out;
  return out;
}

char* format_timestamp(char* out, std::int64_t nanos_of_day, std::int64_t days, bool utc) {
  out = format_date(out, days);
  *out++ = utc ? 'T' : ' ';
  out = format_time(out, nanos_of_day);
  if (utc) *out++ = 'Z';
  return out;
}

}  // namespace sluice::file
