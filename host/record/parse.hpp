// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <string_view>

#include "record/decimal.hpp"
#include "record/fault.hpp"

namespace sluice::record {

// Text to values, strictly: the whole text, nothing trimmed, nothing rounded. No allocation, any thread.

template <std::integral T>
Fault parse_integer(std::string_view text, T& out) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, out);
  if (error == std::errc::result_out_of_range && stop == end) return Fault::range;
  return error == std::errc() && stop == end ? Fault::none : Fault::parse;
}

Fault parse_boolean(std::string_view, bool& out);  // true, false (any case), 1, 0

// The nearest value. NaN, inf and infinity in any case; a number beyond the range (or not 0 but below it) does not fit.
Fault parse_float(std::string_view, double& out);
Fault parse_float(std::string_view, float& out);

// -12.50, 1e3, .5; to `out` x 10^-scale with no digit lost.
Fault parse_decimal(std::string_view, int precision, int scale, Int128& out);
Fault parse_decimal(std::string_view, int precision, int scale, Int512& out);

// 2024-02-29; years of four to seven digits, -4712 or "4713-01-01 BC" before the year 1.
Fault parse_date(std::string_view, std::int64_t& days);

// hh:mm, hh:mm:ss, hh:mm:ss.f with 1 to 9 digits; 24:00:00 is the day's end. Nanoseconds since midnight.
Fault parse_time(std::string_view, std::int64_t& nanoseconds);

// [-]h:mm:ss[.ffffff], any number of hours.
Fault parse_duration(std::string_view, std::int64_t& microseconds);

// A date, a date and a time (blank or T between), and maybe Z, +hh, +hhmm, +hh:mm or +hh:mm:ss.
struct ParsedTimestamp {
  std::int64_t seconds = 0;  // of the local time, since 1970-01-01 00:00:00
  std::int32_t nanoseconds = 0;
  std::int32_t offset = 0;  // seconds east of UTC
  bool has_offset = false;
};
Fault parse_timestamp(std::string_view, ParsedTimestamp& out);

}  // namespace sluice::record
