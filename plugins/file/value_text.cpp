// SPDX-License-Identifier: Apache-2.0
#include "value_text.hpp"

#include <charconv>

#include "base64.hpp"
#include "decimal_text.hpp"

namespace sluice::file {

namespace {

constexpr std::int64_t nanos_per_day = micros_per_day * 1000;

template <class T>
void append_number(Buffer& out, T value) {
  char* const to = out.make_room(40);
  out.used(static_cast<std::size_t>(std::to_chars(to, to + 40, value).ptr - to));
}

void append_literal(Buffer& out, std::string_view text) { out.append(text.data(), text.size()); }

template <class Format>
void append_formatted(Buffer& out, std::size_t most, Format format) {
  char* const to = out.make_room(most);
  out.used(static_cast<std::size_t>(format(to) - to));
}

void append_pattern(Buffer& out, const DatePattern& pattern, std::int64_t days, std::int64_t nanos) {
  std::string text;
  pattern.format(text, days, nanos);
  append_literal(out, text);
}

void append_date(Buffer& out, std::int64_t days, const DatePattern* pattern) {
  if (pattern != nullptr) return append_pattern(out, *pattern, days, 0);
  append_formatted(out, longest_time, [&](char* to) { return format_date(to, days); });
}

// `unit`: nanoseconds of a step of the value.
void append_timestamp(Buffer& out, std::int64_t value, std::int64_t unit, bool utc, const DatePattern* pattern) {
  const std::int64_t per_day = nanos_per_day / unit;
  std::int64_t days = value / per_day, rest = value % per_day;
  if (rest < 0) rest += per_day, --days;
  if (pattern != nullptr) return append_pattern(out, *pattern, days, rest * unit);
  append_formatted(out, longest_time, [&](char* to) { return format_timestamp(to, rest * unit, days, utc); });
}

// "-26:03:04.5": hours may be more than a day has.
void append_duration(Buffer& out, std::int64_t micros) {
  auto rest = static_cast<std::uint64_t>(micros);
  if (micros < 0) append_literal(out, "-"), rest = 0 - rest;
  const std::uint64_t hours = rest / 3600000000u;
  if (hours > 99) append_number(out, hours / 100);
  append_formatted(out, longest_time, [&](char* to) {
    const std::uint64_t within = hours % 100 * 3600000000u + rest % 3600000000u;
    return format_time(to, static_cast<std::int64_t>(within * 1000));
  });
}

void append_binary(Buffer& out, std::string_view bytes) {
  encode_base64(bytes, out.make_room(base64_size(bytes.size())));
  out.used(base64_size(bytes.size()));
}

}  // namespace

void append_value(Buffer& out, const ColumnView& column, std::int64_t row, const DatePattern* pattern) {
  const Type& type = column.type();
  switch (type.id) {
    case TypeId::boolean:
      return append_literal(out, column.boolean(row) ? "true" : "false");
    case TypeId::int8:
      return append_number(out, column.value<std::int8_t>(row));
    case TypeId::int16:
      return append_number(out, column.value<std::int16_t>(row));
    case TypeId::int32:
      return append_number(out, column.value<std::int32_t>(row));
    case TypeId::int64:
      return append_number(out, column.value<std::int64_t>(row));
    case TypeId::uint8:
      return append_number(out, column.value<std::uint8_t>(row));
    case TypeId::uint16:
      return append_number(out, column.value<std::uint16_t>(row));
    case TypeId::uint32:
      return append_number(out, column.value<std::uint32_t>(row));
    case TypeId::uint64:
      return append_number(out, column.value<std::uint64_t>(row));
    case TypeId::float32:
      return append_number(out, column.value<float>(row));
    case TypeId::float64:
      return append_number(out, column.value<double>(row));
    case TypeId::decimal128:
      return append_formatted(out, longest_decimal,
                              [&](char* to) { return format_decimal(to, column.value<Int128>(row), type.scale); });
    case TypeId::decimal256: {
      struct Wide {
        char bytes[32];
      };
      const Wide wide = column.value<Wide>(row);
      return append_formatted(out, longest_decimal,
                              [&](char* to) { return format_decimal256(to, wide.bytes, type.scale); });
    }
    case TypeId::date32:
      return append_date(out, column.value<std::int32_t>(row), pattern);
    case TypeId::time64_us:
    case TypeId::time64_ns: {
      const std::int64_t unit = type.id == TypeId::time64_us ? 1000 : 1;
      return append_formatted(out, longest_time,
                              [&](char* to) { return format_time(to, column.value<std::int64_t>(row) * unit); });
    }
    case TypeId::timestamp_us:
      return append_timestamp(out, column.value<std::int64_t>(row), 1000, type.utc, pattern);
    case TypeId::timestamp_ns:
      return append_timestamp(out, column.value<std::int64_t>(row), 1, type.utc, pattern);
    case TypeId::duration_us:
      return append_duration(out, column.value<std::int64_t>(row));
    case TypeId::binary:
    case TypeId::large_binary:
      return append_binary(out, column.text(row));
    case TypeId::null_:
    case TypeId::utf8:
    case TypeId::large_utf8:
      break;
  }
}

JsonForm json_form(const Type& type) {
  switch (type.id) {
    case TypeId::date32:
    case TypeId::time64_us:
    case TypeId::time64_ns:
    case TypeId::timestamp_us:
    case TypeId::timestamp_ns:
    case TypeId::duration_us:
    case TypeId::binary:
    case TypeId::large_binary:
      return JsonForm::quoted;
    case TypeId::float32:
    case TypeId::float64:
      return JsonForm::number_or_quoted;
    default:
      return JsonForm::plain;
  }
}

}  // namespace sluice::file
