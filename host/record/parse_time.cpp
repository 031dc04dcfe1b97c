// SPDX-License-Identifier: Apache-2.0
#include <cstring>

#include "record/calendar.hpp"
#include "record/parse.hpp"
#include "record/take.hpp"

namespace sluice::record {
namespace {

constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;

// Reads a text from left to right; every step answers whether the text was as expected.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

  bool done() const { return at_ == end_; }
  char peek() const { return at_ == end_ ? '\0' : *at_; }
  bool take(char c) {
    if (peek() != c || done()) return false;
    ++at_;
    return true;
  }
  bool two(int& out) {
    if (end_ - at_ < 2 || !is_digit(at_[0]) || !is_digit(at_[1])) return false;
    out = (at_[0] - '0') * 10 + (at_[1] - '0');
    at_ += 2;
    return true;
  }
  // A year of four digits and its dash: what nearly every date starts with.
  bool short_year(std::int64_t& year) {
    int century = 0;
    int rest = 0;
    Cursor ahead = *this;
    if (!ahead.two(century) || !ahead.two(rest) || !ahead.take('-')) return false;
    year = century * 100 + rest;
    *this = ahead;
    return true;
  }
  // Between `least` and `most` digits.
  bool digits(int least, int most, std::int64_t& out) {
    out = 0;
    int count = 0;
    for (; at_ != end_ && is_digit(*at_) && count < most; ++count) out = out * 10 + (*at_++ - '0');
    return count >= least && !is_digit(peek());
  }
  // ".f" with 1 to 9 digits, as nanoseconds; nothing is fine too.
  bool fraction(std::int64_t& out) {
    out = 0;
    if (!take('.')) return true;
    const char* const begin = at_;
    if (!digits(1, 9, out)) return false;
    for (auto count = at_ - begin; count < 9; ++count) out *= 10;
    return true;
  }

 private:
  const char* at_;
  const char* end_;
};

// Cuts " BC" off.
bool take_era(std::string_view& text) {
  if (!text.ends_with(" BC")) return false;
  text.remove_suffix(3);
  return true;
}

Fault read_date(Cursor& cursor, bool before_christ, std::int64_t& days) {
  CivilDate date{};
  bool negative = false;
  if (!cursor.short_year(date.year)) {
    negative = cursor.take('-');
    if (!negative) cursor.take('+');
    if (!cursor.digits(4, 7, date.year) || !cursor.take('-')) return Fault::parse;
  }
  if (!cursor.two(date.month) || !cursor.take('-') || !cursor.two(date.day)) return Fault::parse;
  if (before_christ) {
    if (negative || date.year == 0) return Fault::parse;
    date.year = 1 - date.year;
  } else if (negative) {
    date.year = -date.year;
  }
  if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > days_in_month(date.year, date.month)) {
    return Fault::parse;
  }
  days = days_from_civil(date);
  return Fault::none;
}

// hh:mm[:ss[.f]] as nanoseconds.
bool read_clock(Cursor& cursor, std::int64_t& nanoseconds) {
  int hours = 0;
  int minutes = 0;
  int seconds = 0;
  std::int64_t fraction = 0;
  if (!cursor.two(hours) || !cursor.take(':') || !cursor.two(minutes)) return false;
  if (cursor.take(':') && (!cursor.two(seconds) || !cursor.fraction(fraction))) return false;
  nanoseconds = (hours * 3600 + minutes * 60 + seconds) * nanoseconds_per_second + fraction;
  const bool end_of_day = nanoseconds == 24 * 3600 * nanoseconds_per_second;
  return (hours < 24 || end_of_day) && minutes < 60 && seconds < 60;
}

// Z, +hh, +hhmm, +hh:mm, +hh:mm:ss
bool read_offset(Cursor& cursor, ParsedTimestamp& out) {
  if (cursor.done()) return true;
  out.has_offset = true;
  if (cursor.take('Z') || cursor.take('z')) return true;
  const bool west = cursor.peek() == '-';
  if (!west && cursor.peek() != '+') return false;
  cursor.take(cursor.peek());
  int hours = 0;
  int minutes = 0;
  int seconds = 0;
  if (!cursor.two(hours)) return false;
  const bool colon = cursor.take(':');
  if ((colon || is_digit(cursor.peek())) && !cursor.two(minutes)) return false;
  if (colon && cursor.take(':') && !cursor.two(seconds)) return false;
  out.offset = hours * 3600 + minutes * 60 + seconds;
  if (west) out.offset = -out.offset;
  return hours < 24 && minutes < 60 && seconds < 60;
}

}  // namespace

Fault parse_date(std::string_view text, std::int64_t& days) {
  const bool before_christ = take_era(text);
  Cursor cursor(text);
  const Fault fault = read_date(cursor, before_christ, days);
  return cursor.done() ? fault : Fault::parse;
}

Fault parse_time(std::string_view text, std::int64_t& nanoseconds) {
  Cursor cursor(text);
  return read_clock(cursor, nanoseconds) && cursor.done() ? Fault::none : Fault::parse;
}

Fault parse_duration(std::string_view text, std::int64_t& microseconds) {
  Cursor cursor(text);
  const bool negative = cursor.take('-');
  std::int64_t hours = 0;
  int minutes = 0;
  int seconds = 0;
  std::int64_t fraction = 0;
  if (!cursor.digits(1, 12, hours) || !cursor.take(':') || !cursor.two(minutes) || !cursor.take(':') ||
      !cursor.two(seconds) || !cursor.fraction(fraction) || !cursor.done() || minutes > 59 || seconds > 59) {
    return Fault::parse;
  }
  if (fraction % 1000 != 0) return Fault::inexact;
  const std::int64_t rest = (minutes * 60 + seconds) * std::int64_t{1'000'000} + fraction / 1000;
  const Int128 total = Int128{hours} * 3'600'000'000 + rest;
  const Int128 signed_total = negative ? -total : total;
  microseconds = static_cast<std::int64_t>(signed_total);
  return microseconds == signed_total ? Fault::none : Fault::range;
}

Fault parse_timestamp(std::string_view text, ParsedTimestamp& out) {
  out = {};
  const bool before_christ = take_era(text);
  Cursor cursor(text);
  std::int64_t days = 0;
  std::int64_t clock = 0;
  if (const Fault fault = read_date(cursor, before_christ, days); fault != Fault::none) return fault;
  if (!cursor.done()) {
    if (!cursor.take(' ') && !cursor.take('T')) return Fault::parse;
    if (!read_clock(cursor, clock) || !read_offset(cursor, out) || !cursor.done()) return Fault::parse;
  }
  out.seconds = days * seconds_per_day + clock / nanoseconds_per_second;
  out.nanoseconds = static_cast<std::int32_t>(clock % nanoseconds_per_second);
  return Fault::none;
}

}  // namespace sluice::record
