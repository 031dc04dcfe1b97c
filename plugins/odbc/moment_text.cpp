// SPDX-License-Identifier: Apache-2.0
#include "odbc/moment_text.hpp"

#include <chrono>
#include <cstring>

#include "sql/text_scanner.hpp"

namespace sluice::odbc {

namespace {

namespace chrono = std::chrono;

constexpr int64_t nanos_per_second = 1'000'000'000;

class Scanner : public sql::TextScanner {
 public:
  using TextScanner::TextScanner;

  bool take_last(std::string_view text) {
    if (!rest_.ends_with(text)) return false;
    rest_.remove_suffix(text.size());
    return true;
  }
  bool date(bool before_christ, Moment& out) {
    const int64_t year = number(1, 6, 300'000);
    if (year < 1 || !take('-')) return false;
    const int64_t month = number(2, 2, 12);
    if (month < 1 || !take('-')) return false;
    const int64_t day = number(2, 2, 31);
    if (day < 1) return false;
    // std::chrono's years end at 32767: whole cycles of 400 years are put aside.
    const int64_t astronomical = before_christ ? 1 - year : year;
    const int64_t cycles = astronomical / 400 - (astronomical < 0 ? 1 : 0);
    const chrono::year_month_day ymd{chrono::year(static_cast<int>(astronomical - cycles * 400)),
                                     chrono::month(static_cast<unsigned>(month)),
                                     chrono::day(static_cast<unsigned>(day))};
    if (!ymd.ok()) return false;
    out.days = chrono::sys_days(ymd).time_since_epoch().count() + cycles * 146'097;
    return true;
  }
  bool time(Moment& out) {
    const int64_t hours = number(2, 2, 23);
    if (hours < 0 || !take(':')) return false;
    const int64_t minutes = number(2, 2, 59);
    if (minutes < 0) return false;
    const int64_t seconds = take(':') ? number(2, 2, 59) : 0;
    const int64_t nanos = seconds < 0 ? -1 : take('.') ? fraction(9) : 0;
    if (nanos < 0) return false;
    out.nanos = (hours * 3600 + minutes * 60 + seconds) * nanos_per_second + nanos;
    return true;
  }
  // Also when there is none.
  bool offset(Moment& out) {
    take(' ');
    if (at_end()) return true;
    out.has_offset = true;
    if (take('Z')) return true;
    const bool east = take('+');
    if (!east && !take('-')) return false;
    const int64_t hours = number(2, 2, 18);
    const int64_t minutes = take(':') ? number(2, 2, 59) : 0;
    const int64_t seconds = take(':') ? number(2, 2, 59) : 0;
    if (hours < 0 || minutes < 0 || seconds < 0) return false;
    out.offset_seconds = (hours * 3600 + minutes * 60 + seconds) * (east ? 1 : -1);
    return true;
  }
};

char* write_digits(int64_t value, int count, char* out) {
  for (int i = count - 1; i >= 0; --i, value /= 10) out[i] = static_cast<char>('0' + value % 10);
  return out + count;
}

}  // namespace

bool parse_moment(std::string_view text, MomentKind kind, Moment& out) {
  out = {};
  Scanner scanner(text);
  if (kind == MomentKind::time) return scanner.time(out) && scanner.at_end();
  const bool before_christ = scanner.take_last(" BC");
  if (!scanner.date(before_christ, out)) return false;
  if (scanner.at_end()) return true;
  if (!scanner.take(' ') && !scanner.take('T')) return false;
  if (!scanner.time(out)) return false;
  if (kind == MomentKind::date) return out.nanos == 0 && scanner.at_end();
  return scanner.offset(out) && scanner.at_end();
}

size_t write_date(int64_t days, char* out) {
  const int64_t cycles = days / 146'097 - (days < 0 ? 1 : 0);
  const chrono::year_month_day ymd{chrono::sys_days(chrono::days(days - cycles * 146'097))};
  const int64_t astronomical = static_cast<int>(ymd.year()) + cycles * 400;
  const bool before_christ = astronomical < 1;
  const int64_t year = before_christ ? 1 - astronomical : astronomical;
  char* at = write_digits(year, year > 99'999 ? 6 : year > 9'999 ? 5 : 4, out);
  *at++ = '-';
  at = write_digits(static_cast<unsigned>(ymd.month()), 2, at);
  *at++ = '-';
  at = write_digits(static_cast<unsigned>(ymd.day()), 2, at);
  if (before_christ) std::memcpy(at, " BC", 3), at += 3;
  return static_cast<size_t>(at - out);
}

size_t write_time(int64_t nanos, int digits, char* out) {
  const int64_t seconds = nanos / nanos_per_second;
  char* at = write_digits(seconds / 3600, 2, out);
  *at++ = ':';
  at = write_digits(seconds / 60 % 60, 2, at);
  *at++ = ':';
  at = write_digits(seconds % 60, 2, at);
  int64_t fraction = nanos % nanos_per_second;
  if (digits <= 0 || fraction == 0) return static_cast<size_t>(at - out);
  for (int i = digits; i < 9; ++i) fraction /= 10;
  *at++ = '.';
  return static_cast<size_t>(write_digits(fraction, digits, at) - out);
}

size_t write_timestamp(int64_t days, int64_t nanos, int digits, bool utc, char* out) {
  size_t size = write_date(days, out);
  const bool before_christ = out[size - 1] == 'C';
  if (before_christ) size -= 3;
  out[size++] = ' ';
  size += write_time(nanos, digits, out + size);
  if (utc) std::memcpy(out + size, "+00:00", 6), size += 6;
  if (before_christ) std::memcpy(out + size, " BC", 3), size += 3;
  return size;
}

}  // namespace sluice::odbc
