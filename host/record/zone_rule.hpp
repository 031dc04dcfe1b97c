// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sluice::record {

// A stretch of time with one offset: [begin, end) in seconds since 1970-01-01 00:00:00 UTC.
struct ZoneSpan {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::int64_t offset = 0;  // seconds east of UTC
};

// What a zone does every year behind the transitions that the zone database lists: the POSIX form at the end of its
// files, "CET-1CEST,M3.5.0,M10.5.0/3". The date library ignores it and so would keep winter time from 2037 on.
class ZoneRule {
 public:
  // Nothing when there is no daylight saving time, or not in the form of month, week and weekday.
  static std::optional<ZoneRule> parse(std::string_view);

  ZoneSpan span_at(std::int64_t utc_seconds) const;

 private:
  // The `week`-th (5: last) `weekday` of `month`, `seconds` after its local midnight.
  struct Change {
    int month = 0;
    int week = 0;
    int weekday = 0;
    std::int64_t seconds = 7200;
  };
  static bool read_change(std::string_view& text, Change& out);
  static std::int64_t local_second(const Change&, std::int64_t year);

  std::int64_t standard_ = 0;
  std::int64_t daylight_ = 0;
  Change start_;
  Change stop_;
};

}  // namespace sluice::record
