// SPDX-License-Identifier: Apache-2.0
#include "mysql/decode.hpp"

#include <charconv>
#include <string>

#include "mysql/decode_decimal.hpp"
#include "sluice/digits.hpp"
#include "sluice/error.hpp"
#include "sluice/iso_date.hpp"
#include "sql/decode_fields.hpp"

namespace sluice::mysql {

namespace {

using sql::Fault;

constexpr Fault zero_date{
    "range",
    "a zero date (0000-00-00, or a month or day of 0) is no date; read it as text: CAST(column AS "
    "CHAR)"};
constexpr int64_t second = 1'000'000;
constexpr int64_t day = 86'400 * second;

[[noreturn, gnu::noinline]] void malformed(std::string_view text) {
  throw bad_data("a value of the server is broken: " + std::string(text.substr(0, 100)));
}

// Most numbers are short: without a look at each step whether they still fit.
constexpr size_t surely_64_bits = 18;

template <class T>
Fault to_integer(std::string_view text, T& value) {
  const bool is_negative = std::is_signed_v<T> && text.starts_with('-');
  const size_t start = is_negative ? 1 : 0;
  if (text.size() > start && text.size() - start <= surely_64_bits) {
    uint64_t size = 0;
    const bool is_number = read_digits(text.data() + start, text.size() - start, size);
    const auto number = is_negative ? -static_cast<int64_t>(size) : static_cast<int64_t>(size);
    value = static_cast<T>(number);
    if (!is_number || static_cast<int64_t>(value) != number) [[unlikely]]
      malformed(text);
    return {};
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) [[unlikely]]
    malformed(text);
  return {};
}

// A float is read as a double, which holds it exactly.
template <class T>
Fault to_real(std::string_view text, T& out) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) [[unlikely]]
    malformed(text);
  out = static_cast<T>(value);
  return {};
}

// `count` digits from `at` on; below 0 when one is none.
int number_at(std::string_view text, size_t at, size_t count) {
  if (at + count > text.size()) [[unlikely]]
    malformed(text);
  int value = 0;
  for (size_t i = at; i < at + count; ++i) {
    const int digit = text[i] - '0';
    if (digit < 0 || digit > 9) [[unlikely]]
      malformed(text);
    value = value * 10 + digit;
  }
  return value;
}

// ".25" from `at` on, or nothing: microseconds.
int64_t fraction_at(std::string_view text, size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] != '.' || text.size() - at > 7) [[unlikely]]
    malformed(text);
  int64_t value = number_at(text, at + 1, text.size() - at - 1);
  for (size_t digits = text.size() - at - 1; digits < 6; ++digits) value *= 10;
  return value;
}

// HH:MM:SS with a fraction; the hours have `hour_digits`.
int64_t clock_at(std::string_view text, size_t at, size_t hour_digits) {
  const int64_t hours = number_at(text, at, hour_digits);
  at += hour_digits + 1;
  return (hours * 3600 + number_at(text, at, 2) * 60 + number_at(text, at + 3, 2)) * second + fraction_at(text, at + 5);
}

// Days since 1970-01-01 of YYYY-MM-DD; false: it is no date.
bool days_at(std::string_view text, int32_t& days) {
  if (text.size() < 10) [[unlikely]]
    malformed(text);
  const auto day = parse_iso_day(text.data());
  days = day.value_or(0);
  return day.has_value();
}

Fault to_date(std::string_view text, int32_t& out) { return days_at(text, out) ? Fault{} : zero_date; }

Fault to_datetime(std::string_view text, int64_t& out) {
  int32_t days = 0;
  if (!days_at(text, days)) return zero_date;
  out = days * day + clock_at(text, 11, 2);
  return {};
}

// Seconds since 1970, "1700000000.25". There is no such second as 0: it is the zero date.
Fault to_instant(std::string_view text, int64_t& out) {
  int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc()) [[unlikely]]
    malformed(text);
  out = seconds * second + fraction_at(text, static_cast<size_t>(end - text.data()));
  return out == 0 ? zero_date : Fault{};
}

Fault to_duration(std::string_view text, int64_t& out) {
  const size_t start = text.starts_with('-') ? 1 : 0;
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon < start + 1) [[unlikely]]
    malformed(text);
  const int64_t value = clock_at(text, start, colon - start);
  out = start == 1 ? -value : value;
  return {};
}

Fault decode_bits(int bits, std::string_view bytes, ColumnBuilder& out) {
  const auto count = static_cast<size_t>(bits);
  if (bytes.size() != (count + 7) / 8) [[unlikely]]
    throw bad_data("a bit value of the server has another length than its column");
  char* const digits = out.reserve_text(count);
  for (size_t i = 0; i < count; ++i) {
    const size_t from_end = count - 1 - i;
    const auto byte = static_cast<uint8_t>(bytes[bytes.size() - 1 - from_end / 8]);
    digits[i] = (byte >> (from_end % 8) & 1) != 0 ? '1' : '0';
  }
  out.append_reserved(count);
  return {};
}

template <class Decimal>
auto to_decimal(int scale) {
  return [scale](std::string_view text, Decimal& value) {
    if (!parse_decimal(text, scale, value)) [[unlikely]]
      malformed(text);
    return Fault{};
  };
}

// A type of its own, so that the loop over a column calls nothing.
template <auto convert>
constexpr auto inlined = [](std::string_view text, auto& value) { return convert(text, value); };

}  // namespace

void decode_column(const ColumnCodec& codec, const sql::FieldColumn& column, ColumnBuilder& out,
                   sql::Unreadable& unreadable) {
  switch (codec.codec) {
    case Codec::int8:
      return sql::decode_fixed<int8_t>(column, out, unreadable, inlined<to_integer<int8_t>>);
    case Codec::int16:
      return sql::decode_fixed<int16_t>(column, out, unreadable, inlined<to_integer<int16_t>>);
    case Codec::int32:
      return sql::decode_fixed<int32_t>(column, out, unreadable, inlined<to_integer<int32_t>>);
    case Codec::int64:
      return sql::decode_fixed<int64_t>(column, out, unreadable, inlined<to_integer<int64_t>>);
    case Codec::uint8:
      return sql::decode_fixed<uint8_t>(column, out, unreadable, inlined<to_integer<uint8_t>>);
    case Codec::uint16:
      return sql::decode_fixed<uint16_t>(column, out, unreadable, inlined<to_integer<uint16_t>>);
    case Codec::uint32:
      return sql::decode_fixed<uint32_t>(column, out, unreadable, inlined<to_integer<uint32_t>>);
    case Codec::uint64:
      return sql::decode_fixed<uint64_t>(column, out, unreadable, inlined<to_integer<uint64_t>>);
    case Codec::float32:
      return sql::decode_fixed<float>(column, out, unreadable, inlined<to_real<float>>);
    case Codec::float64:
      return sql::decode_fixed<double>(column, out, unreadable, inlined<to_real<double>>);
    case Codec::decimal:
      if (codec.type.id == TypeId::decimal128)
        return sql::decode_fixed<Int128>(column, out, unreadable, to_decimal<Int128>(codec.type.scale));
      return sql::decode_fixed<Int256>(column, out, unreadable, to_decimal<Int256>(codec.type.scale));
    case Codec::date:
      return sql::decode_fixed<int32_t>(column, out, unreadable, inlined<to_date>);
    case Codec::time:
      return sql::decode_fixed<int64_t>(column, out, unreadable, inlined<to_duration>);
    case Codec::datetime:
      return sql::decode_fixed<int64_t>(column, out, unreadable, inlined<to_datetime>);
    case Codec::instant:
      return sql::decode_fixed<int64_t>(column, out, unreadable, inlined<to_instant>);
    case Codec::bits:
      return sql::decode_each(column, out, unreadable,
                              [&](std::string_view text) { return decode_bits(codec.bits, text, out); });
    case Codec::text:
    case Codec::binary:
      return sql::decode_texts(column, out);
    case Codec::nothing:
      return sql::decode_each(column, out, unreadable, [](std::string_view text) -> Fault { malformed(text); });
  }
}

}  // namespace sluice::mysql
