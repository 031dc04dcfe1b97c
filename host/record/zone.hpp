// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/fault.hpp"
#include "record/zone_rule.hpp"

namespace sluice::record {

// A time zone of the system's zone database, by name: "Europe/Berlin". A plain value; reading is safe from any thread.
class Zone {
 public:
  // The error says what is wrong with the name, and what it might have meant.
  static boost::system::result<Zone, std::string> find(std::string_view name);

  // The stretch of constant offset around an instant.
  ZoneSpan span_at(std::int64_t utc_seconds) const;

 private:
  std::vector<ZoneSpan> spans_;   // without gaps, as the zone database lists them
  std::optional<ZoneRule> rule_;  // from the last one on
};

// Converts many times in a row: remembers the stretch of the last one. One thread; the zone must outlive it.
class ZoneCursor {
 public:
  explicit ZoneCursor(const Zone& zone) : zone_(zone) {}

  // Seconds east of UTC at an instant.
  std::int64_t offset_at(std::int64_t utc_seconds) {
    if (utc_seconds < span_.begin || utc_seconds >= span_.end) span_ = zone_.span_at(utc_seconds);
    return span_.offset;
  }
  // The instant of a local time: time_gap when there is none, time_twice when there are two.
  Fault to_utc(std::int64_t local_seconds, std::int64_t& utc_seconds) {
    if (well_within_span(local_seconds, utc_seconds)) return Fault::none;
    span_ = zone_.span_at(utc_seconds);
    return well_within_span(local_seconds, utc_seconds) ? Fault::none : search(local_seconds, utc_seconds);
  }

 private:
  // So far from both ends of the remembered stretch that no other offset can matter.
  bool well_within_span(std::int64_t local_seconds, std::int64_t& utc_seconds) const {
    constexpr std::int64_t margin = 2 * 86'400;
    utc_seconds = local_seconds - span_.offset;
    return utc_seconds - margin >= span_.begin && utc_seconds + margin < span_.end;
  }
  Fault search(std::int64_t local_seconds, std::int64_t& utc_seconds);

  const Zone& zone_;
  ZoneSpan span_{0, 0, 0};
};

}  // namespace sluice::record
