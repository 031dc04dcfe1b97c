// SPDX-License-Identifier: Apache-2.0
#include "job/schedule_time.hpp"

#include <array>
#include <optional>

#include "job/schedule_expression.hpp"

namespace sluice::job {
namespace {

using boost::system::in_place_error;
using boost::system::in_place_value;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using Kind = ExpressionPiece::Kind;

// The digits of the text when the rest of it is signs in their usual places.
std::string digits_of(std::string_view text) {
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool digit = text[i] >= '0' && text[i] <= '9';
    bool sign = (i == 4 || i == 7) ? text[i] == '-'
                : i == 10          ? text[i] == 'T' || text[i] == ' '
                                   : (i == 13 || i == 16) && text[i] == ':';
    if (digit)
      digits += text[i];
    else if (!sign)
      return {};
  }
  return digits;
}

unsigned number(std::string_view digits, std::size_t begin, std::size_t length) {
  unsigned value = 0;
  for (char c : digits.substr(begin, length)) value = value * 10 + static_cast<unsigned>(c - '0');
  return value;
}

std::optional<sys_days> date_of(std::string_view digits) {
  std::chrono::year_month_day date(std::chrono::year(static_cast<int>(number(digits, 0, 4))),
                                   std::chrono::month(number(digits, 4, 2)), std::chrono::day(number(digits, 6, 2)));
  if (!date.ok() || date.year() < std::chrono::year(1)) return {};
  return sys_days(date);
}

// Nothing when it leads out of the calendar.
std::optional<sys_seconds> shifted(sys_seconds time, const ExpressionPiece& piece) {
  constexpr std::int64_t most_months = 12 * 9999;
  if (piece.months < -most_months || piece.months > most_months) return {};
  if (piece.shift > std::chrono::years(9999) || piece.shift < -std::chrono::years(9999)) return {};
  sys_days day = std::chrono::floor<std::chrono::days>(time);
  std::chrono::year_month_day date(day);
  auto month = date.year() / date.month() + std::chrono::months(piece.months);
  std::chrono::year_month_day last(month / std::chrono::last);
  sys_days moved = sys_days(month / std::min(date.day(), last.day()));
  sys_seconds result = moved + (time - day) + piece.shift;
  std::chrono::year year = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(result)).year();
  if (year < std::chrono::year(1) || year > std::chrono::year(9999)) return {};
  return result;
}

// The business month, or the one before when it is the month that is running on the scheduled day.
sys_seconds business_month(const ScheduleTime& time) {
  std::chrono::year_month_day business(time.business_date);
  std::chrono::year_month_day scheduled(std::chrono::floor<std::chrono::days>(time.cycle_time));
  auto month = business.year() / business.month();
  if (month == scheduled.year() / scheduled.month()) month -= std::chrono::months(1);
  return sys_days(month / std::chrono::day(1));
}

boost::system::result<std::string, std::string> value_of(const ExpressionPiece& piece, const ScheduleTime& time) {
  switch (piece.kind) {
    case Kind::text:
      return {in_place_value, piece.text};
    case Kind::job_id:
      return {in_place_value, time.job_id};
    case Kind::node_id:
      return {in_place_value, time.node_id};
    case Kind::task_id:
      return {in_place_value, time.task_id};
    case Kind::business_month:
      return {in_place_value, format_date(piece.format, business_month(time))};
    case Kind::business_date:
    case Kind::cycle_time:
      break;
  }
  sys_seconds base = piece.kind == Kind::business_date ? sys_seconds(time.business_date) : time.cycle_time;
  std::optional<sys_seconds> moved = shifted(base, piece);
  if (!moved) return {in_place_error, "the shift leads out of the years 1 to 9999"};
  return {in_place_value, format_date(piece.format, *moved)};
}

}  // namespace

ScheduleTime scheduled_at(sys_seconds cycle_time) {
  return {cycle_time, std::chrono::floor<std::chrono::days>(cycle_time) - std::chrono::days(1), {}, {}, {}};
}

ScheduleTime scheduled_for(sys_days business_date, std::chrono::seconds time_of_day) {
  return {business_date + std::chrono::days(1) + time_of_day, business_date, {}, {}, {}};
}

boost::system::result<sys_seconds, std::string> parse_cycle_time(std::string_view text) {
  std::string digits = digits_of(text);
  bool whole = digits.size() == 8 || digits.size() == 12 || digits.size() == 14;
  std::optional<sys_days> day = whole ? date_of(digits) : std::nullopt;
  digits.resize(14, '0');
  unsigned hour = number(digits, 8, 2), minute = number(digits, 10, 2), second = number(digits, 12, 2);
  if (!day || hour > 23 || minute > 59 || second > 59) {
    return {in_place_error, "not a time: " + std::string(text) + " (such as 2025-11-01T02:30:45 or 20251101023045)"};
  }
  return *day + std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second);
}

boost::system::result<sys_days, std::string> parse_business_date(std::string_view text) {
  std::string digits = digits_of(text);
  std::optional<sys_days> day = digits.size() == 8 ? date_of(digits) : std::nullopt;
  if (!day) return {in_place_error, "not a date: " + std::string(text) + " (such as 20251031 or 2025-10-31)"};
  return *day;
}

boost::system::result<std::string, std::string> evaluate(std::string_view expression, const ScheduleTime& time) {
  auto pieces = parse_expression(expression);
  if (!pieces) return {in_place_error, pieces.error()};
  std::string value;
  for (const ExpressionPiece& piece : *pieces) {
    auto part = value_of(piece, time);
    if (!part) return {in_place_error, part.error() + ": " + std::string(expression)};
    value += *part;
  }
  return {in_place_value, std::move(value)};
}

}  // namespace sluice::job
