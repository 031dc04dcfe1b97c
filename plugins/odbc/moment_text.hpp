// SPDX-License-Identifier: Apache-2.0
// Dates and times as drivers write them ("2024-02-29 23:59:59.123456"), and as they read them. [any-thread]
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sluice::odbc {

// A point on the calendar: days since 1970-01-01, nanoseconds within the day.
struct Moment {
  int64_t days = 0;
  int64_t nanos = 0;
  bool has_offset = false;
  int64_t offset_seconds = 0;  // east of UTC
};

enum class MomentKind { date, time, timestamp };

// Years of 1 to 6 digits, " BC" behind; a fraction of up to 9 digits; an offset (+02, +02:00, Z) behind a timestamp.
// A timestamp may be a date alone, a date may have a time of 0. False when the text is none, or on no calendar
// (0000-00-00, infinity).
bool parse_moment(std::string_view text, MomentKind kind, Moment& out);

// Room for any of the following.
inline constexpr size_t longest_moment = 48;

// ISO 8601 with a blank between date and time, and a fraction of `digits` digits where there is one. Years before 1 end
// in " BC".
size_t write_date(int64_t days, char* out);
size_t write_time(int64_t nanos, int digits, char* out);
size_t write_timestamp(int64_t days, int64_t nanos, int digits, bool utc, char* out);

}  // namespace sluice::odbc
