// SPDX-License-Identifier: Apache-2.0
// Dates and times as the server counts them, within its bounds and the column's precision.
#pragma once

#include <array>
#include <cstdint>

#include "postgresql/codec.hpp"
#include "sql/fault.hpp"

namespace sluice::postgresql {

using sql::Fault;

namespace detail {
// 4714-11-24 BC, and the first day or microsecond beyond the end.
inline constexpr int32_t first_day = -2451545;
inline constexpr int32_t day_after_last = 2145031949;
inline constexpr int64_t first_microsecond = -211813488000000000;
inline constexpr int64_t microsecond_after_last = 9223371331200000000;
inline constexpr std::array<int64_t, 7> steps = {1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};

inline constexpr Fault beyond_server{"range", "a date or time beyond what PostgreSQL can hold"};
inline constexpr Fault finer{"inexact", "the column keeps fewer digits of a second than the value has"};
}  // namespace detail

inline Fault to_server_date(int32_t days, int32_t& out) {
  if (__builtin_sub_overflow(days, epoch_days, &out) || out < detail::first_day || out >= detail::day_after_last)
    return detail::beyond_server;
  return {};
}

inline Fault to_server_timestamp(int64_t microseconds, int precision, int64_t& out) {
  if (__builtin_sub_overflow(microseconds, epoch_microseconds, &out) || out < detail::first_microsecond ||
      out >= detail::microsecond_after_last)
    return detail::beyond_server;
  if (precision < 6 && out % detail::steps[static_cast<size_t>(precision)] != 0) return detail::finer;
  return {};
}

inline Fault to_server_time(int64_t microseconds, int precision, int64_t& out) {
  out = microseconds;
  if (precision < 6 && out % detail::steps[static_cast<size_t>(precision)] != 0) return detail::finer;
  return {};
}

}  // namespace sluice::postgresql
