// SPDX-License-Identifier: Apache-2.0
#include "value_text.hpp"

#include <algorithm>
#include <charconv>
#include <type_traits>

#include "base64.hpp"
#include "decimal_text.hpp"
#include "sluice/digits.hpp"

namespace sluice::file {

namespace {

constexpr std::int64_t nanos_per_day = micros_per_day * 1000;

// Writes the value at `row`, of which no text is longer than longest_value; answers the end.
using WriteValue = char* (*)(char* to, const ColumnView& column, std::int64_t row);
constexpr std::size_t longest_value = std::max(longest_decimal, longest_time);

template <class T>
char* write_number(char* to, const ColumnView& column, std::int64_t row) {
  const T value = column.value<T>(row);
  if constexpr (std::is_integral_v<T>)
    return write_integer(value, to);
  else
    return std::to_chars(to, to + longest_value, value).ptr;
}

char* write_boolean(char* to, const ColumnView& column, std::int64_t row) {
  const std::string_view text = column.boolean(row) ? "true" : "false";
  return std::copy(text.begin(), text.end(), to);
}

char* write_decimal128(char* to, const ColumnView& column, std::int64_t row) {
  return format_decimal(to, column.value<Int128>(row), column.type().scale);
}

char* write_decimal256(char* to, const ColumnView& column, std::int64_t row) {
  struct Wide {
    char bytes[32];
  };
  return format_decimal256(to, column.value<Wide>(row).bytes, column.type().scale);
}

char* write_date(char* to, const ColumnView& column, std::int64_t row) {
  return format_date(to, column.value<std::int32_t>(row));
}

// `unit`: nanoseconds of a step of the value.
template <std::int64_t unit>
char* write_time(char* to, const ColumnView& column, std::int64_t row) {
  return format_time(to, column.value<std::int64_t>(row) * unit);
}

struct Moment {
  std::int64_t days, nanos;
};

template <std::int64_t unit>
Moment moment(const ColumnView& column, std::int64_t row) {
  constexpr std::int64_t per_day = nanos_per_day / unit;
  const auto value = column.value<std::int64_t>(row);
  std::int64_t days = value / per_day, rest = value % per_day;
  if (rest < 0) rest += per_day, --days;
  return {days, rest * unit};
}

template <std::int64_t unit>
char* write_timestamp(char* to, const ColumnView& column, std::int64_t row) {
  const Moment at = moment<unit>(column, row);
  return format_timestamp(to, at.nanos, at.days, column.type().utc);
}

// "-26:03:04.5": hours may be more than a day has.
char* write_duration(char* to, const ColumnView& column, std::int64_t row) {
  const auto micros = column.value<std::int64_t>(row);
  auto rest = static_cast<std::uint64_t>(micros);
  if (micros < 0) *to++ = '-', rest = 0 - rest;
  const std::uint64_t hours = rest / 3600000000u;
  if (hours > 99) to = write_integer(hours / 100, to);
  const std::uint64_t within = hours % 100 * 3600000000u + rest % 3600000000u;
  return format_time(to, static_cast<std::int64_t>(within * 1000));
}

void append_literal(Buffer& out, std::string_view text) { out.append(text.data(), text.size()); }

template <WriteValue write>
void append_short(Buffer& out, const ColumnView& column, std::int64_t row, const DatePattern*) {
  char* const to = out.make_room(longest_value);
  out.used(static_cast<std::size_t>(write(to, column, row) - to));
}

template <WriteValue write>
void make_shorts(CellTexts& cells, const ColumnView& column, std::int64_t row, std::size_t rows, const DatePattern*,
                 std::string_view null) {
  cells.write_each(column, row, rows, longest_value, null,
                   [](const ColumnView& values, std::int64_t at, char* to) { return write(to, values, at); });
}

template <AppendValue append>
void make_each(CellTexts& cells, const ColumnView& column, std::int64_t row, std::size_t rows,
               const DatePattern* pattern, std::string_view null) {
  cells.append_each(row, rows, [&](std::int64_t at, Buffer& out) {
    if (column.is_null(at))
      append_literal(out, null);
    else
      append(out, column, at, pattern);
  });
}

void append_binary(Buffer& out, const ColumnView& column, std::int64_t row, const DatePattern*) {
  const std::string_view bytes = column.text(row);
  encode_base64(bytes, out.make_room(base64_size(bytes.size())));
  out.used(base64_size(bytes.size()));
}

void append_nothing(Buffer&, const ColumnView&, std::int64_t, const DatePattern*) {}

void append_pattern(Buffer& out, const DatePattern& pattern, const Moment& at) {
  std::string text;
  pattern.format(text, at.days, at.nanos);
  append_literal(out, text);
}

Moment midnight(const ColumnView& column, std::int64_t row) { return {column.value<std::int32_t>(row), 0}; }

// By the pattern, when there is one.
template <WriteValue write, Moment (*moment_at)(const ColumnView&, std::int64_t)>
void append_dated(Buffer& out, const ColumnView& column, std::int64_t row, const DatePattern* pattern) {
  if (pattern != nullptr) return append_pattern(out, *pattern, moment_at(column, row));
  append_short<write>(out, column, row, pattern);
}

template <WriteValue write, Moment (*moment_at)(const ColumnView&, std::int64_t)>
void make_dated(CellTexts& cells, const ColumnView& column, std::int64_t row, std::size_t rows,
                const DatePattern* pattern, std::string_view null) {
  const MakeCells make = pattern == nullptr ? make_shorts<write> : make_each<append_dated<write, moment_at>>;
  make(cells, column, row, rows, pattern, null);
}

template <WriteValue write>
constexpr ValueAppender short_values{append_short<write>, make_shorts<write>};
template <WriteValue write, Moment (*moment_at)(const ColumnView&, std::int64_t)>
constexpr ValueAppender dated_values{append_dated<write, moment_at>, make_dated<write, moment_at>};
template <AppendValue append>
constexpr ValueAppender any_values{append, make_each<append>};

}  // namespace

ValueAppender value_appender(const Type& type) {
  switch (type.id) {
    case TypeId::boolean:
      return short_values<write_boolean>;
    case TypeId::int8:
      return short_values<write_number<std::int8_t>>;
    case TypeId::int16:
      return short_values<write_number<std::int16_t>>;
    case TypeId::int32:
      return short_values<write_number<std::int32_t>>;
    case TypeId::int64:
      return short_values<write_number<std::int64_t>>;
    case TypeId::uint8:
      return short_values<write_number<std::uint8_t>>;
    case TypeId::uint16:
      return short_values<write_number<std::uint16_t>>;
    case TypeId::uint32:
      return short_values<write_number<std::uint32_t>>;
    case TypeId::uint64:
      return short_values<write_number<std::uint64_t>>;
    case TypeId::float32:
      return short_values<write_number<float>>;
    case TypeId::float64:
      return short_values<write_number<double>>;
    case TypeId::decimal128:
      return short_values<write_decimal128>;
    case TypeId::decimal256:
      return short_values<write_decimal256>;
    case TypeId::date32:
      return dated_values<write_date, midnight>;
    case TypeId::time64_us:
      return short_values<write_time<1000>>;
    case TypeId::time64_ns:
      return short_values<write_time<1>>;
    case TypeId::timestamp_us:
      return dated_values<write_timestamp<1000>, moment<1000>>;
    case TypeId::timestamp_ns:
      return dated_values<write_timestamp<1>, moment<1>>;
    case TypeId::duration_us:
      return short_values<write_duration>;
    case TypeId::binary:
    case TypeId::large_binary:
      return any_values<append_binary>;
    case TypeId::null_:
    case TypeId::utf8:
    case TypeId::large_utf8:
      break;
  }
  return any_values<append_nothing>;
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
