// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "record/fault.hpp"
#include "record/zone_rule.hpp"

namespace date {
class time_zone;
}

namespace sluice::record {

// A time zone of the system's zone database, by name: "Europe/Berlin". A plain value; reading is safe from any thread.
class Zone {
 public:
  // The error says what is wrong with the name, and what it might have meant.
  static boost::system::result<Zone, std::string> find(std::string_view name);

  // The stretch of constant offset around an instant.
  ZoneSpan span_at(std::int64_t utc_seconds) const;

 private:
  const date::time_zone* zone_ = nullptr;
  std::int64_t listed_until_ = 0;  // from here on the rule says what happens, if there is one
  std::optional<ZoneRule> rule_;
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
    constexpr std::int64_t margin = 2 * 86'400;
    utc_seconds = local_seconds - span_.offset;
    if (utc_seconds - margin >= span_.begin && utc_seconds + margin < span_.end) return Fault::none;
    return search(local_seconds, utc_seconds);
  }

 private:
  Fault search(std::int64_t local_seconds, std::int64_t& utc_seconds);

  const Zone& zone_;
  ZoneSpan span_{0, 0, 0};
};

}  // namespace sluice::record
