// SPDX-License-Identifier: Apache-2.0
#include "record/zone.hpp"

#include <date/tz.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace sluice::record {
namespace {

// The last line of the zone's file.
std::optional<ZoneRule> read_rule(const std::string& name) {
  std::ifstream file(std::filesystem::path("/usr/share/zoneinfo") / name, std::ios::binary);
  const std::string content((std::istreambuf_iterator<char>(file)), {});
  if (!content.ends_with('\n')) return {};
  const std::size_t begin = content.rfind('\n', content.size() - 2);
  if (begin == std::string::npos) return {};
  return ZoneRule::parse(std::string_view(content).substr(begin + 1, content.size() - begin - 2));
}

// All of them: a zone has a few hundred.
std::vector<ZoneSpan> list_spans(const date::time_zone& zone) {
  std::vector<ZoneSpan> spans;
  auto at = date::sys_seconds::min();
  do {
    const date::sys_info info = zone.get_info(at);
    spans.push_back({info.begin.time_since_epoch().count(), info.end.time_since_epoch().count(), info.offset.count()});
    at = info.end;
  } while (spans.size() < 2 || spans.back().begin > spans[spans.size() - 2].begin);
  spans.pop_back();  // the last one again
  spans.front().begin = INT64_MIN;
  spans.back().end = INT64_MAX;
  return spans;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

// A zone of the same letters, or one whose last part is the name: "berlin".
std::string suggestion(std::string_view name) {
  const std::string wanted = lower(name);
  for (const date::time_zone& zone : date::get_tzdb().zones) {
    const std::string known = lower(zone.name());
    if (known == wanted || (!wanted.empty() && known.ends_with("/" + wanted))) {
      return ", did you mean '" + zone.name() + "'?";
    }
  }
  return "";
}

}  // namespace

boost::system::result<Zone, std::string> Zone::find(std::string_view name) {
  Zone zone;
  try {
    const date::time_zone* const found = date::locate_zone(std::string(name));
    zone.spans_ = list_spans(*found);
    zone.rule_ = read_rule(found->name());
    return zone;
  } catch (const std::runtime_error&) {
    return "there is no time zone of this name: '" + std::string(name) + "'" + suggestion(name);
  }
}

ZoneSpan Zone::span_at(std::int64_t utc_seconds) const {
  const ZoneSpan& last = spans_.back();
  if (!rule_ || utc_seconds < last.begin) {
    return *(std::ranges::upper_bound(spans_, utc_seconds, {}, &ZoneSpan::begin) - 1);
  }
  ZoneSpan span = rule_->span_at(utc_seconds);
  span.begin = std::max(span.begin, last.begin);
  return span;
}

// No two changes of a zone are as near to each other as the days looked at here.
Fault ZoneCursor::search(std::int64_t local_seconds, std::int64_t& utc_seconds) {
  constexpr std::int64_t day = 86'400;
  const std::int64_t early = local_seconds - zone_.span_at(local_seconds - day).offset;
  const std::int64_t late = local_seconds - zone_.span_at(local_seconds + day).offset;
  const bool early_holds = local_seconds - offset_at(early) == early;
  const bool late_holds = local_seconds - offset_at(late) == late;
  if (early_holds && late_holds && early != late) return Fault::time_twice;
  if (!early_holds && !late_holds) return Fault::time_gap;
  utc_seconds = early_holds ? early : late;
  return Fault::none;
}

}  // namespace sluice::record
