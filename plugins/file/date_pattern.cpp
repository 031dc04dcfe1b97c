// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <cstring>

#include "date_time.hpp"
#include "sluice/error.hpp"

namespace sluice::file {

namespace {

// 0000-01-01 and 9999-12-31: other years are written in another way in the ISO form.
constexpr std::int64_t first_day_of_four_digits = -719528, last_day_of_four_digits = 2932896;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Numbers of a text that is read by a pattern.
struct Values {
  int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;
  std::int64_t micros = 0;
};

// One or two digits for a single letter, else exactly as many as there are letters.
bool read_number(const char*& at, const char* end, int count, int& out) {
  const int most = count == 1 ? 2 : count;
  int seen = 0;
  for (out = 0; seen < most && at != end && *at >= '0' && *at <= '9'; ++seen, ++at) out = out * 10 + (*at - '0');
  return count == 1 ? seen > 0 : seen == count;
}

bool read_fraction(const char*& at, const char* end, int count, std::int64_t& micros) {
  std::int64_t unit = micros_per_second / 10;
  int seen = 0;
  for (micros = 0; seen < count && at != end && *at >= '0' && *at <= '9'; ++seen, ++at, unit /= 10) {
    if (unit == 0 && *at != '0') return false;
    micros += (*at - '0') * unit;
  }
  return seen == count;
}

bool read_offset(const char*& at, const char* end, std::int32_t& seconds) {
  if (at != end && *at == 'Z') return ++at, seconds = 0, true;
  if (end - at < 6 || (*at != '+' && *at != '-') || at[3] != ':') return false;
  const int sign = *at++ == '-' ? -1 : 1;
  int hours, minutes;
  if (!read_number(at, end, 2, hours) || !read_number(++at, end, 2, minutes)) return false;
  seconds = sign * (hours * 3600 + minutes * 60);
  return hours < 24 && minutes < 60;
}

int* number_of(char letter, Values& values) {
  switch (letter) {
    case 'y':
      return &values.year;
    case 'M':
      return &values.month;
    case 'd':
      return &values.day;
    case 'H':
      return &values.hour;
    case 'm':
      return &values.minute;
    default:
      return &values.second;
  }
}

const char* assemble(const Values& values, DateTime& out) {
  const std::chrono::year_month_day date(std::chrono::year(values.year),
                                         std::chrono::month(static_cast<unsigned>(values.month)),
                                         std::chrono::day(static_cast<unsigned>(values.day)));
  if (values.year == 0 || !date.ok()) return "no such date";
  if (values.hour > 23 || values.minute > 59 || values.second > 59) return "no such time of day";
  out.days = static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count());
  out.micros = (values.hour * 3600 + values.minute * 60 + values.second) * micros_per_second + values.micros;
  return nullptr;
}

void append_padded(std::string& out, std::int64_t value, int width) {
  const std::string digits = std::to_string(value);
  if (digits.size() < static_cast<std::size_t>(width)) out.append(static_cast<std::size_t>(width) - digits.size(), '0');
  out += digits;
}

}  // namespace

DatePattern::DatePattern(std::string_view pattern) : is_iso_date_(pattern == "yyyy-MM-dd") {
  for (std::size_t i = 0; i < pattern.size();) {
    const char c = pattern[i];
    if (c == '\'') {
      const std::size_t close = pattern.find('\'', i + 1);
      if (close == std::string_view::npos) throw invalid("an open quote in the date format: " + std::string(pattern));
      parts_.push_back({0, 0, close == i + 1 ? "'" : std::string(pattern.substr(i + 1, close - i - 1))});
      i = close + 1;
      continue;
    }
    int count = 1;
    while (is_letter(c) && i + static_cast<std::size_t>(count) < pattern.size() &&
           pattern[i + static_cast<std::size_t>(count)] == c)
      ++count;
    if (is_letter(c))
      add(c, count);
    else
      parts_.push_back({0, 0, std::string(1, c)});
    i += static_cast<std::size_t>(count);
  }
}

void DatePattern::add(char letter, int count) {
  static constexpr std::string_view known = "yMdHmsSX";
  const bool allowed = letter == 'y'   ? count == 4 || count == 2
                       : letter == 'S' ? count <= 9
                       : letter == 'X' ? count == 3
                                       : count <= 2;
  if (known.find(letter) == std::string_view::npos || !allowed)
    throw invalid("not known in a date format (known: yyyy yy MM dd HH mm ss S XXX and quoted text): " +
                  std::string(static_cast<std::size_t>(count), letter));
  has_date_ = has_date_ || letter == 'y' || letter == 'M' || letter == 'd';
  has_time_ = has_time_ || letter == 'H' || letter == 'm' || letter == 's' || letter == 'S';
  has_offset_ = has_offset_ || letter == 'X';
  parts_.push_back({letter, count, {}});
}

const char* DatePattern::parse(std::string_view text, DateTime& out) const {
  static constexpr const char* mismatch = "not in the format of the column";
  if (is_iso_date_) return parse_iso(text, Wanted::date, out);
  Values values;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (const Part& part : parts_) {
    bool matched;
    if (part.letter == 0) {
      const std::size_t size = part.literal.size();
      matched = static_cast<std::size_t>(end - at) >= size && std::memcmp(at, part.literal.data(), size) == 0;
      if (matched) at += size;
    } else if (part.letter == 'S') {
      matched = read_fraction(at, end, part.count, values.micros);
    } else if (part.letter == 'X') {
      matched = out.has_offset = read_offset(at, end, out.offset_seconds);
    } else {
      int* const number = number_of(part.letter, values);
      matched = read_number(at, end, part.count, *number);
      if (part.letter == 'y' && part.count == 2) *number += *number < 70 ? 2000 : 1900;
    }
    if (!matched) return mismatch;
  }
  if (at != end) return mismatch;
  return assemble(values, out);
}

void DatePattern::format(std::string& out, std::int64_t days, std::int64_t nanos_of_day) const {
  if (is_iso_date_ && days >= first_day_of_four_digits && days <= last_day_of_four_digits) {
    char text[longest_time];
    out.append(text, static_cast<std::size_t>(format_date(text, days) - text));
    return;
  }
  const CalendarDay date = calendar_day(days);
  const std::int64_t seconds = nanos_of_day / 1000000000;
  Values values{date.year,
                date.month,
                date.day,
                static_cast<int>(seconds / 3600),
                static_cast<int>(seconds / 60 % 60),
                static_cast<int>(seconds % 60)};
  for (const Part& part : parts_) {
    if (part.letter == 0) {
      out += part.literal;
    } else if (part.letter == 'X') {
      out += 'Z';
    } else if (part.letter == 'S') {
      std::string nanos;
      append_padded(nanos, nanos_of_day % 1000000000, 9);
      out.append(nanos, 0, static_cast<std::size_t>(part.count));
    } else {
      const int number = *number_of(part.letter, values);
      append_padded(out, part.letter == 'y' && part.count == 2 ? number % 100 : number, part.count);
    }
  }
}

}  // namespace sluice::file
