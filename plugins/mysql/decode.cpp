// SPDX-License-Identifier: Apache-2.0
#include "mysql/decode.hpp"

#include <charconv>
#include <chrono>
#include <string>

#include "mysql/decode_decimal.hpp"
#include "sluice/error.hpp"

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

template <class T>
Fault decode_integer(std::string_view text, ColumnBuilder& out) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) [[unlikely]]
    malformed(text);
  out.append<T>(value);
  return {};
}

// A float is read as a double, which holds it exactly.
template <class T>
Fault decode_real(std::string_view text, ColumnBuilder& out) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) [[unlikely]]
    malformed(text);
  out.append<T>(static_cast<T>(value));
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
  const int year = number_at(text, 0, 4), month = number_at(text, 5, 2), of_month = number_at(text, 8, 2);
  const std::chrono::year_month_day date(std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(of_month)});
  if (!date.ok()) return false;
  days = static_cast<int32_t>(std::chrono::sys_days(date).time_since_epoch().count());
  return true;
}

Fault decode_date(std::string_view text, ColumnBuilder& out) {
  int32_t days = 0;
  if (!days_at(text, days)) return zero_date;
  out.append<int32_t>(days);
  return {};
}

Fault decode_datetime(std::string_view text, ColumnBuilder& out) {
  int32_t days = 0;
  if (!days_at(text, days)) return zero_date;
  out.append<int64_t>(days * day + clock_at(text, 11, 2));
  return {};
}

// Seconds since 1970, "1700000000.25". There is no such second as 0: it is the zero date.
Fault decode_instant(std::string_view text, ColumnBuilder& out) {
  int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc()) [[unlikely]]
    malformed(text);
  const int64_t value = seconds * second + fraction_at(text, static_cast<size_t>(end - text.data()));
  if (value == 0) return zero_date;
  out.append<int64_t>(value);
  return {};
}

Fault decode_time(std::string_view text, ColumnBuilder& out) {
  const size_t start = text.starts_with('-') ? 1 : 0;
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon < start + 1) [[unlikely]]
    malformed(text);
  const int64_t value = clock_at(text, start, colon - start);
  out.append<int64_t>(start == 1 ? -value : value);
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

Fault decode_decimal(const Type& type, std::string_view text, ColumnBuilder& out) {
  if (type.id == TypeId::decimal128) {
    Int128 value = 0;
    if (!parse_decimal(text, type.scale, value)) malformed(text);
    out.append<Int128>(value);
  } else {
    Int256 value{};
    if (!parse_decimal(text, type.scale, value)) malformed(text);
    out.append<Int256>(value);
  }
  return {};
}

}  // namespace

Fault decode(const ColumnCodec& codec, std::string_view text, ColumnBuilder& out) {
  switch (codec.codec) {
    case Codec::int8:
      return decode_integer<int8_t>(text, out);
    case Codec::int16:
      return decode_integer<int16_t>(text, out);
    case Codec::int32:
      return decode_integer<int32_t>(text, out);
    case Codec::int64:
      return decode_integer<int64_t>(text, out);
    case Codec::uint8:
      return decode_integer<uint8_t>(text, out);
    case Codec::uint16:
      return decode_integer<uint16_t>(text, out);
    case Codec::uint32:
      return decode_integer<uint32_t>(text, out);
    case Codec::uint64:
      return decode_integer<uint64_t>(text, out);
    case Codec::float32:
      return decode_real<float>(text, out);
    case Codec::float64:
      return decode_real<double>(text, out);
    case Codec::decimal:
      return decode_decimal(codec.type, text, out);
    case Codec::date:
      return decode_date(text, out);
    case Codec::time:
      return decode_time(text, out);
    case Codec::datetime:
      return decode_datetime(text, out);
    case Codec::instant:
      return decode_instant(text, out);
    case Codec::bits:
      return decode_bits(codec.bits, text, out);
    case Codec::text:
    case Codec::binary:
      out.append_text(text);
      return {};
    case Codec::nothing:
      break;
  }
  malformed(text);
}

}  // namespace sluice::mysql
