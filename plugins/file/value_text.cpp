// SPDX-License-Identifier: Apache-2.0
#include "value_text.hpp"

#include <charconv>

#include "base64.hpp"
#include "decimal_text.hpp"
#include "sluice/digits.hpp"

namespace sluice::file {

namespace {

constexpr std::int64_t nanos_per_day = micros_per_day * 1000;

void append_literal(Buffer& out, std::string_view text) { out.append(text.data(), text.size()); }

template <class T>
void write_number(Buffer& out, T value) {
  char* const to = out.make_room(40);
  if constexpr (std::is_integral_v<T>)
    out.used(static_cast<std::size_t>(write_integer(value, to) - to));
  else
    out.used(static_cast<std::size_t>(std::to_chars(to, to + 40, value).ptr - to));
}

template <class T>
void append_number(Buffer& out, const ColumnView& column, std::int64_t row, const DatePattern*) {
  write_number(out, column.value<T>(row));
}

template <class Format>
void append_formatted(Buffer& out, std::size_t most, Format format) {
  char* const to = out.make_room(most);
  out.used(static_cast<std::size_t>(format(to) - to));
}

void append_true_or_false(Buffer& out, const ColumnView& column, std::int64_t row, const DatePattern*) {
  append_literal(out, column.boolean(row) ? "true" : "false");
}

void append_decimal128(Buffer& out, const ColumnView& column, std::int64_t row, const DatePattern*) {
  append_formatted(out, longest_decimal,
                   [&](char* to) { return format_decimal(to, column.value<Int128>(row), column.type().scale); });
}

void append_decimal256(Buffer& out, const ColumnView& column, std::int64_t row, const DatePattern*) {
  struct Wide {
    char bytes[32];
  };
  const auto wide = column.value<Wide>(row);
  append_formatted(out, longest_decimal,
                   [&](char* to) { return format_decimal256(to, wide.bytes, column.type().scale); });
}

void append_pattern(Buffer& out, const DatePattern& pattern, std::int64_t days, std::int64_t nanos) {
  std::string text;
  pattern.format(text, days, nanos);
  append_literal(out, text);
}

void append_date(Buffer& out, const ColumnView& column, std::int64_t row, const DatePattern* pattern) {
  const std::int64_t days = column.value<std::int32_t>(row);
  if (pattern != nullptr) return append_pattern(out, *pattern, days, 0);
  append_formatted(out, longest_time, [&](char* to) { return format_date(to, days); });
}

// `unit`: nanoseconds of a step of the value.
template <std::int64_t unit>
void append_time(Buffer& out, const ColumnView& column, std::int64_t row, const DatePattern*) {
  append_formatted(out, longest_time,
                   [&](char* to) { return format_time(to, column.value<std::int64_t>(row) * unit); });
}

template <std::int64_t unit>
void append_timestamp(Buffer& out, const ColumnView& column, std::int64_t row, const DatePattern* pattern) {
  constexpr std::int64_t per_day = nanos_per_day / unit;
  const auto value = column.value<std::int64_t>(row);
  std::int64_t days = value / per_day, rest = value % per_day;
  if (rest < 0) rest += per_day, --days;
  if (pattern != nullptr) return append_pattern(out, *pattern, days, rest * unit);
  append_formatted(out, longest_time,
                   [&](char* to) { return format_timestamp(to, rest * unit, days, column.type().utc); });
}

// "-26:03:04.5": hours may be more than a day has.
void append_duration(Buffer& out, const ColumnView& column, std::int64_t row, const DatePattern*) {
  const auto micros = column.value<std::int64_t>(row);
  auto rest = static_cast<std::uint64_t>(micros);
  if (micros < 0) append_literal(out, "-"), rest = 0 - rest;
  const std::uint64_t hours = rest / 3600000000u;
  if (hours > 99) write_number(out, hours / 100);
  append_formatted(out, longest_time, [&](char* to) {
    const std::uint64_t within = hours % 100 * 3600000000u + rest % 3600000000u;
    return format_time(to, static_cast<std::int64_t>(within * 1000));
  });
}

void append_binary(Buffer& out, const ColumnView& column, std::int64_t row, const DatePattern*) {
  const std::string_view bytes = column.text(row);
  encode_base64(bytes, out.make_room(base64_size(bytes.size())));
  out.used(base64_size(bytes.size()));
}

void append_nothing(Buffer&, const ColumnView&, std::int64_t, const DatePattern*) {}

template <AppendValue append>
void append_each(Buffer& out, const ColumnView& column, std::int64_t row, std::size_t rows, const DatePattern* pattern,
                 std::string_view null, std::uint32_t* ends) {
  for (const std::int64_t end = row + static_cast<std::int64_t>(rows); row < end; ++row) {
    if (column.is_null(row))
      append_literal(out, null);
    else
      append(out, column, row, pattern);
    *ends++ = static_cast<std::uint32_t>(out.size());
  }
}

template <AppendValue append>
constexpr ValueAppender both{append, append_each<append>};

}  // namespace

ValueAppender value_appender(const Type& type) {
  switch (type.id) {
    case TypeId::boolean:
      return both<append_true_or_false>;
    case TypeId::int8:
      return both<append_number<std::int8_t>>;
    case TypeId::int16:
      return both<append_number<std::int16_t>>;
    case TypeId::int32:
      return both<append_number<std::int32_t>>;
    case TypeId::int64:
      return both<append_number<std::int64_t>>;
    case TypeId::uint8:
      return both<append_number<std::uint8_t>>;
    case TypeId::uint16:
      return both<append_number<std::uint16_t>>;
    case TypeId::uint32:
      return both<append_number<std::uint32_t>>;
    case TypeId::uint64:
      return both<append_number<std::uint64_t>>;
    case TypeId::float32:
      return both<append_number<float>>;
    case TypeId::float64:
      return both<append_number<double>>;
    case TypeId::decimal128:
      return both<append_decimal128>;
    case TypeId::decimal256:
      return both<append_decimal256>;
    case TypeId::date32:
      return both<append_date>;
    case TypeId::time64_us:
      return both<append_time<1000>>;
    case TypeId::time64_ns:
      return both<append_time<1>>;
    case TypeId::timestamp_us:
      return both<append_timestamp<1000>>;
    case TypeId::timestamp_ns:
      return both<append_timestamp<1>>;
    case TypeId::duration_us:
      return both<append_duration>;
    case TypeId::binary:
    case TypeId::large_binary:
      return both<append_binary>;
    case TypeId::null_:
    case TypeId::utf8:
    case TypeId::large_utf8:
      break;
  }
  return both<append_nothing>;
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
