// SPDX-License-Identifier: Apache-2.0
#include "record/zone_rule.hpp"

#include <algorithm>
#include <array>

#include "record/calendar.hpp"
#include "record/take.hpp"

namespace sluice::record {
namespace {

// CET or <+03>
bool take_name(std::string_view& text) {
  const bool quoted = take(text, '<');
  const auto ends = [&](char c) {
    return quoted ? c == '>' : (c >= '0' && c <= '9') || c == '-' || c == '+' || c == ',';
  };
  const auto end = std::find_if(text.begin(), text.end(), ends);
  const auto size = static_cast<std::size_t>(end - text.begin());
  text.remove_prefix(size);
  return size > 0 && (!quoted || take(text, '>'));
}

// [+-]h[:mm[:ss]] as seconds
bool take_clock(std::string_view& text, std::int64_t& seconds) {
  const bool negative = take(text, '-');
  if (!negative) take(text, '+');
  int part = 0;
  if (!take_number(text, part)) return false;
  seconds = part * 3600;
  for (int unit = 60; unit >= 1 && take(text, ':'); unit /= 60) {
    if (!take_number(text, part)) return false;
    seconds += part * unit;
  }
  if (negative) seconds = -seconds;
  return true;
}

}  // namespace

bool ZoneRule::read_change(std::string_view& text, Change& out) {
  if (!take(text, ',') || !take(text, 'M') || !take_number(text, out.month) || !take(text, '.') ||
      !take_number(text, out.week) || !take(text, '.') || !take_number(text, out.weekday)) {
    return false;
  }
  if (take(text, '/') && !take_clock(text, out.seconds)) return false;
  return out.month >= 1 && out.month <= 12 && out.week >= 1 && out.week <= 5 && out.weekday >= 0 && out.weekday <= 6;
}

std::optional<ZoneRule> ZoneRule::parse(std::string_view text) {
  ZoneRule rule;
  if (!take_name(text) || !take_clock(text, rule.standard_)) return {};
  rule.standard_ = -rule.standard_;  // POSIX counts west of Greenwich
  rule.daylight_ = rule.standard_ + 3600;
  if (!take_name(text)) return {};
  if (!text.starts_with(',')) {
    if (!take_clock(text, rule.daylight_)) return {};
    rule.daylight_ = -rule.daylight_;
  }
  if (!read_change(text, rule.start_) || !read_change(text, rule.stop_) || !text.empty()) return {};
  return rule;
}

std::int64_t ZoneRule::local_second(const Change& change, std::int64_t year) {
  const std::int64_t first = days_from_civil({year, change.month, 1});
  std::int64_t day = 1 + (change.weekday - weekday_of(first) + 7) % 7 + (change.week - 1) * 7;
  if (day > days_in_month(year, change.month)) day -= 7;
  return (first + day - 1) * seconds_per_day + change.seconds;
}

ZoneSpan ZoneRule::span_at(std::int64_t utc_seconds) const {
  const std::int64_t year = civil_from_days(floor_div(utc_seconds + standard_, seconds_per_day)).year;
  std::array<ZoneSpan, 6> changes;  // `begin` and the offset from there on
  for (int i = 0; i < 3; ++i) {
    const std::int64_t y = year - 1 + i;
    changes[static_cast<std::size_t>(2 * i)] = {local_second(start_, y) - standard_, 0, daylight_};
    changes[static_cast<std::size_t>(2 * i + 1)] = {local_second(stop_, y) - daylight_, 0, standard_};
  }
  std::sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  const auto after = std::find_if(changes.begin(), changes.end(), [&](const auto& c) { return c.begin > utc_seconds; });
  ZoneSpan span = *(after - 1);
  span.end = after->begin;
  return span;
}

}  // namespace sluice::record
