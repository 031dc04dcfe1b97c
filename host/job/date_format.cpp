// SPDX-License-Identifier: Apache-2.0
#include "job/date_format.hpp"

#include <algorithm>
#include <array>

namespace sluice::job {
namespace {

using ReadFormat = boost::system::result<DateFormat, std::string>;

// Longer words come before those that they begin with.
constexpr std::array<std::pair<std::string_view, DateUnit>, 8> words{{{"yyyy", DateUnit::year},
                                                                      {"yy", DateUnit::short_year},
                                                                      {"mm", DateUnit::month},
                                                                      {"mi", DateUnit::minute},
                                                                      {"dd", DateUnit::day},
                                                                      {"hh24", DateUnit::hour},
                                                                      {"hh", DateUnit::hour},
                                                                      {"ss", DateUnit::second}}};

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

std::string padded(unsigned number, std::size_t width) {
  std::string digits = std::to_string(number);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

}  // namespace

ReadFormat parse_date_format(std::string_view text) {
  DateFormat format;
  bool any = false;
  while (!text.empty()) {
    auto word =
        std::find_if(words.begin(), words.end(), [&](const auto& known) { return text.starts_with(known.first); });
    if (word != words.end()) {
      format.push_back({word->second, 0});
      text.remove_prefix(word->first.size());
      any = true;
    } else if (is_letter_or_digit(text.front())) {
      return {boost::system::in_place_error,
              "not a date format, which is made of yyyy yy mm dd hh24 hh mi ss and signs, in small letters, before "
              "a shift such as -1"};
    } else {
      format.push_back({DateUnit::text, text.front()});
      text.remove_prefix(1);
    }
  }
  if (!any) return {boost::system::in_place_error, "no date format, such as yyyymmdd"};
  return format;
}

bool has_unit(const DateFormat& format, DateUnit unit) {
  return std::any_of(format.begin(), format.end(), [&](const DateToken& token) { return token.unit == unit; });
}

std::string format_date(const DateFormat& format, std::chrono::sys_seconds time) {
  auto days = std::chrono::floor<std::chrono::days>(time);
  std::chrono::year_month_day date(days);
  std::chrono::hh_mm_ss clock(time - days);
  auto year = static_cast<unsigned>(static_cast<int>(date.year()));
  std::string text;
  for (const DateToken& token : format) {
    switch (token.unit) {
      case DateUnit::year:
        text += padded(year, 4);
        break;
      case DateUnit::short_year:
        text += padded(year % 100, 2);
        break;
      case DateUnit::month:
        text += padded(static_cast<unsigned>(date.month()), 2);
        break;
      case DateUnit::day:
        text += padded(static_cast<unsigned>(date.day()), 2);
        break;
      case DateUnit::hour:
        text += padded(static_cast<unsigned>(clock.hours().count()), 2);
        break;
      case DateUnit::minute:
        text += padded(static_cast<unsigned>(clock.minutes().count()), 2);
        break;
      case DateUnit::second:
        text += padded(static_cast<unsigned>(clock.seconds().count()), 2);
        break;
      case DateUnit::text:
        text += token.text;
        break;
    }
  }
  return text;
}

}  // namespace sluice::job
