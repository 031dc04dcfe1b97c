// SPDX-License-Identifier: Apache-2.0
#include <concepts>
#include <optional>

#include "record/calendar.hpp"
#include "record/kernel.hpp"
#include "record/parse.hpp"

namespace sluice::record {
namespace {

template <class Offset, class To>
void parse_numbers(const ColumnJob& job) {
  convert_values<To>(job, [&](std::int64_t row, To& value) {
    const std::string_view text = job.in.text<Offset>(row);
    if constexpr (std::integral<To>)
      return parse_integer(text, value);
    else
      return parse_float(text, value);
  });
}

void parse_booleans(const ColumnJob& job) {
  convert_bits(job, [&](std::int64_t row, bool& value) { return parse_boolean(job.in.text(row), value); });
}

void parse_decimals_128(const ColumnJob& job) {
  convert_values<Int128>(job, [&](std::int64_t row, Int128& value) {
    return parse_decimal(job.in.text(row), job.to.precision, job.to.scale, value);
  });
}

void parse_decimals_256(const ColumnJob& job) {
  convert_values<Bytes256>(job, [&](std::int64_t row, Bytes256& bytes) {
    Int512 value;
    const Fault fault = parse_decimal(job.in.text(row), job.to.precision, job.to.scale, value);
    if (fault == Fault::none) store_256(bytes.bytes, 0, value);
    return fault;
  });
}

void parse_dates(const ColumnJob& job) {
  convert_values<std::int32_t>(job, [&](std::int64_t row, std::int32_t& value) {
    std::int64_t days = 0;
    if (const Fault fault = parse_date(job.in.text(row), days); fault != Fault::none) return fault;
    value = static_cast<std::int32_t>(days);
    return value == days ? Fault::none : Fault::range;
  });
}

// Nanoseconds to microseconds or nanoseconds.
Fault to_unit(std::int64_t nanoseconds, std::int64_t unit, std::int64_t& value) {
  if (unit == 1'000'000'000) {
    value = nanoseconds;
    return Fault::none;
  }
  value = nanoseconds / 1000;
  return value * 1000 == nanoseconds ? Fault::none : Fault::inexact;
}

void parse_times(const ColumnJob& job) {
  const std::int64_t unit = per_second(job.to.id);
  convert_values<std::int64_t>(job, [&](std::int64_t row, std::int64_t& value) {
    std::int64_t nanoseconds = 0;
    if (const Fault fault = parse_time(job.in.text(row), nanoseconds); fault != Fault::none) return fault;
    return to_unit(nanoseconds, unit, value);
  });
}

void parse_durations(const ColumnJob& job) {
  convert_values<std::int64_t>(
      job, [&](std::int64_t row, std::int64_t& value) { return parse_duration(job.in.text(row), value); });
}

// The seconds of the wanted kind: an instant, or what a wall clock shows.
Fault place(const ParsedTimestamp& parsed, bool utc, std::optional<ZoneCursor>& cursor, std::int64_t& seconds) {
  seconds = parsed.seconds - parsed.offset;
  if (utc == parsed.has_offset) return Fault::none;
  if (!cursor) return utc ? Fault::no_offset : Fault::has_offset;
  if (utc) return cursor->to_utc(parsed.seconds, seconds);
  seconds += cursor->offset_at(seconds);
  return Fault::none;
}

void parse_timestamps(const ColumnJob& job) {
  const std::int64_t unit = per_second(job.to.id);
  std::optional<ZoneCursor> cursor;
  if (job.zone != nullptr) cursor.emplace(*job.zone);
  convert_values<std::int64_t>(job, [&](std::int64_t row, std::int64_t& value) {
    ParsedTimestamp parsed;
    std::int64_t seconds = 0;
    std::int64_t fraction = 0;
    if (const Fault fault = parse_timestamp(job.in.text(row), parsed); fault != Fault::none) return fault;
    if (const Fault fault = place(parsed, job.to.utc, cursor, seconds); fault != Fault::none) return fault;
    if (const Fault fault = to_unit(parsed.nanoseconds, unit, fraction); fault != Fault::none) return fault;
    const Int128 whole = Int128{seconds} * unit + fraction;
    value = static_cast<std::int64_t>(whole);
    return value == whole ? Fault::none : Fault::range;
  });
}

}  // namespace

Kernel from_text_kernel(const Type& from, const Type& to) {
  if (!is_text(from.id)) return nullptr;
  if (to.id == TypeId::boolean) return parse_booleans;
  if (to.id == TypeId::decimal128) return parse_decimals_128;
  if (to.id == TypeId::decimal256) return parse_decimals_256;
  if (to.id == TypeId::date32) return parse_dates;
  if (is_time(to.id)) return parse_times;
  if (is_timestamp(to.id)) return parse_timestamps;
  if (to.id == TypeId::duration_us) return parse_durations;
  const bool large = has_large_offsets(from.id);
  return visit_plain_number(to.id, [&]<class To>() -> Kernel {
    return large ? parse_numbers<std::int64_t, To> : parse_numbers<std::int32_t, To>;
  });
}

}  // namespace sluice::record
