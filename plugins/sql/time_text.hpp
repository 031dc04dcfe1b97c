// SPDX-License-Identifier: Apache-2.0
// Dates and times as ISO 8601 text: what SQLite and MySQL understand. [any-thread]
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "sluice/iso_date.hpp"

namespace sluice::sql {

// Room for any of the texts below.
inline constexpr size_t longest_time_text = 40;

// Years 0000 to 9999 have a text; other values have none.
bool date_has_text(int32_t days);
bool timestamp_has_text(int64_t microseconds);
bool time_has_text(int64_t microseconds);

// Bytes written. 2024-02-29; 13:05:00 or 13:05:00.250000; both with a blank between, and +00:00 behind an instant.
inline size_t write_date(int32_t days, char* out) { return static_cast<size_t>(write_iso_day(days, out) - out); }
size_t write_time(int64_t microseconds, char* out);
size_t write_timestamp(int64_t microseconds, bool instant, char* out);

// Nothing when the text is none, or finer than a microsecond. A date may carry a time of 00:00:00; a timestamp may be a
// date alone, with a blank or a T, seconds left out. A zone (Z, +02:00) is part of an instant only; an instant without
// one is in UTC, as SQLite's CURRENT_TIMESTAMP is.
std::optional<int32_t> parse_date(std::string_view text);
std::optional<int64_t> parse_time(std::string_view text);
std::optional<int64_t> parse_timestamp(std::string_view text, bool instant);

}  // namespace sluice::sql
