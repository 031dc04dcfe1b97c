// SPDX-License-Identifier: Apache-2.0
#include "record/calendar.hpp"
#include "record/kernel.hpp"

namespace sluice::record {
namespace {

constexpr std::int64_t nanoseconds_per_microsecond = 1000;

// From microseconds to nanoseconds and back.
Fault change_unit(std::int64_t value, std::int64_t from, std::int64_t to, std::int64_t& out) {
  if (from == to) {
    out = value;
    return Fault::none;
  }
  if (from < to) return __builtin_mul_overflow(value, nanoseconds_per_microsecond, &out) ? Fault::range : Fault::none;
  out = value / nanoseconds_per_microsecond;
  return out * nanoseconds_per_microsecond == value ? Fault::none : Fault::inexact;
}

// Between what a wall clock shows and an instant, in seconds.
Fault to_instant(ZoneCursor& cursor, std::int64_t wall, std::int64_t& instant) { return cursor.to_utc(wall, instant); }

void cast_timestamps(const ColumnJob& job) {
  const std::int64_t from = per_second(job.in.type.id);
  const std::int64_t to = per_second(job.to.id);
  convert_values<std::int64_t>(job, [&](std::int64_t row, std::int64_t& value) {
    return change_unit(job.in.at<std::int64_t>(row), from, to, value);
  });
}

void cast_across_zone(const ColumnJob& job) {
  const std::int64_t from = per_second(job.in.type.id);
  const std::int64_t to = per_second(job.to.id);
  ZoneCursor cursor(*job.zone);
  convert_values<std::int64_t>(job, [&](std::int64_t row, std::int64_t& value) {
    const auto before = job.in.at<std::int64_t>(row);
    const std::int64_t seconds = floor_div(before, from);
    std::int64_t shifted = seconds;
    if (job.in.type.utc) {
      shifted += cursor.offset_at(seconds);
    } else if (const Fault fault = to_instant(cursor, seconds, shifted); fault != Fault::none) {
      return fault;
    }
    std::int64_t moved = 0;
    if (__builtin_add_overflow(before, (shifted - seconds) * from, &moved)) return Fault::range;
    return change_unit(moved, from, to, value);
  });
}

void cast_date_to_timestamp(const ColumnJob& job) {
  const std::int64_t unit = per_second(job.to.id);
  std::optional<ZoneCursor> cursor;
  if (job.to.utc) cursor.emplace(*job.zone);
  convert_values<std::int64_t>(job, [&](std::int64_t row, std::int64_t& value) {
    std::int64_t seconds = job.in.at<std::int32_t>(row) * seconds_per_day;
    if (cursor) {
      if (const Fault fault = to_instant(*cursor, seconds, seconds); fault != Fault::none) return fault;
    }
    return __builtin_mul_overflow(seconds, unit, &value) ? Fault::range : Fault::none;
  });
}

void cast_timestamp_to_date(const ColumnJob& job) {
  const std::int64_t unit = per_second(job.in.type.id);
  std::optional<ZoneCursor> cursor;
  if (job.in.type.utc) cursor.emplace(*job.zone);
  convert_values<std::int32_t>(job, [&](std::int64_t row, std::int32_t& value) {
    const auto from = job.in.at<std::int64_t>(row);
    std::int64_t seconds = floor_div(from, unit);
    if (floor_mod(from, unit) != 0) return Fault::inexact;
    if (cursor) seconds += cursor->offset_at(seconds);
    const std::int64_t days = floor_div(seconds, seconds_per_day);
    value = static_cast<std::int32_t>(days);
    return days * seconds_per_day == seconds ? Fault::none : Fault::inexact;
  });
}

// Times of day and durations: a duration between 0 and 24 hours is a time of day.
void cast_clock(const ColumnJob& job) {
  const std::int64_t from = per_second(job.in.type.id);
  const std::int64_t to = per_second(job.to.id);
  const std::int64_t most = is_time(job.to.id) ? seconds_per_day * from : INT64_MAX;
  const std::int64_t least = is_time(job.to.id) ? 0 : INT64_MIN;
  convert_values<std::int64_t>(job, [&](std::int64_t row, std::int64_t& value) {
    const auto before = job.in.at<std::int64_t>(row);
    if (before < least || before > most) return Fault::range;
    return change_unit(before, from, to, value);
  });
}

bool is_clock(TypeId id) { return is_time(id) || id == TypeId::duration_us; }

}  // namespace

Kernel time_kernel(const Type& from, const Type& to) {
  if (is_timestamp(from.id) && is_timestamp(to.id)) return from.utc == to.utc ? cast_timestamps : cast_across_zone;
  if (from.id == TypeId::date32 && is_timestamp(to.id)) return cast_date_to_timestamp;
  if (is_timestamp(from.id) && to.id == TypeId::date32) return cast_timestamp_to_date;
  if (is_clock(from.id) && is_clock(to.id)) return cast_clock;
  return nullptr;
}

}  // namespace sluice::record
