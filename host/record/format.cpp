// SPDX-License-Identifier: Apache-2.0
#include "record/format.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <string_view>

#include "record/calendar.hpp"

namespace sluice::record {
namespace {

constexpr std::size_t max_digits = 160;

char* put(char* out, std::string_view text) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

char* put_two(char* out, std::int64_t value) {
  out[0] = static_cast<char>('0' + value / 10);
  out[1] = static_cast<char>('0' + value % 10);
  return out + 2;
}

// `width` digits with leading zeros.
char* put_padded(char* out, std::uint64_t value, int width) {
  for (int i = width - 1; i >= 0; --i, value /= 10) out[i] = static_cast<char>('0' + value % 10);
  return out + width;
}

char* put_year(char* out, std::int64_t year) {
  if (year < 0) {
    *out++ = '-';
    year = -year;
  }
  if (year > 9999) return std::to_chars(out, out + 20, year).ptr;
  return put_two(put_two(out, year / 100), year % 100);
}

// Hours may have more than two digits.
char* put_clock(char* out, std::int64_t seconds) {
  const std::int64_t hours = seconds / 3600;
  out = hours < 100 ? put_two(out, hours) : std::to_chars(out, out + 20, hours).ptr;
  *out++ = ':';
  out = put_two(out, seconds / 60 % 60);
  *out++ = ':';
  return put_two(out, seconds % 60);
}

char* put_fraction(char* out, std::int64_t fraction, std::int64_t per_second) {
  if (fraction == 0) return out;
  *out++ = '.';
  return put_padded(out, static_cast<std::uint64_t>(fraction), per_second == 1'000'000 ? 6 : 9);
}

struct Split {
  std::int64_t seconds;
  std::int64_t fraction;
};

// Divisions by constants, which compilers turn into multiplications.
Split split(std::int64_t value, std::int64_t per_second) {
  if (per_second == 1'000'000) return {floor_div(value, 1'000'000), floor_mod(value, 1'000'000)};
  if (per_second == 1'000'000'000) return {floor_div(value, 1'000'000'000), floor_mod(value, 1'000'000'000)};
  return {floor_div(value, per_second), floor_mod(value, per_second)};
}

// Puts the point into a string of digits.
char* put_scaled(char* out, std::string_view digits, bool negative, int scale) {
  if (negative) *out++ = '-';
  if (scale <= 0) {
    out = put(out, digits);
    if (digits != "0") out = static_cast<char*>(std::memset(out, '0', static_cast<std::size_t>(-scale))) - scale;
    return out;
  }
  const auto fraction = static_cast<std::size_t>(scale);
  const std::size_t whole = digits.size() > fraction ? digits.size() - fraction : 0;
  out = whole == 0 ? put(out, "0") : put(out, digits.substr(0, whole));
  *out++ = '.';
  const std::size_t zeros = whole == 0 ? fraction - digits.size() : 0;
  std::memset(out, '0', zeros);
  return put(out + zeros, digits.substr(whole));
}

template <class Float>
char* put_shortest(char* out, Float value) {
  if (std::isnan(value)) return put(out, "NaN");
  if (std::isinf(value)) return put(out, value < 0 ? "-Infinity" : "Infinity");
  return std::to_chars(out, out + max_value_text, value).ptr;
}

}  // namespace

char* put_date(char* out, std::int64_t days) {
  const CivilDate date = civil_from_days(days);
  out = put_year(out, date.year);
  *out++ = '-';
  out = put_two(out, date.month);
  *out++ = '-';
  return put_two(out, date.day);
}

char* put_time(char* out, std::int64_t value, std::int64_t per_second) {
  if (value < 0) {  // only unchecked data has such times
    *out++ = '-';
    value = value == INT64_MIN ? INT64_MAX : -value;
  }
  const Split parts = split(value, per_second);
  return put_fraction(put_clock(out, parts.seconds), parts.fraction, per_second);
}

char* put_timestamp(char* out, std::int64_t value, std::int64_t per_second, bool utc) {
  const Split parts = split(value, per_second);
  const std::int64_t days = floor_div(parts.seconds, seconds_per_day);
  out = put_date(out, days);
  *out++ = ' ';
  out = put_clock(out, parts.seconds - days * seconds_per_day);
  out = put_fraction(out, parts.fraction, per_second);
  return utc ? put(out, "+00:00") : out;
}

char* put_duration(char* out, std::int64_t microseconds) {
  auto magnitude = static_cast<std::uint64_t>(microseconds);
  if (microseconds < 0) {
    *out++ = '-';
    magnitude = 0 - magnitude;
  }
  out = put_clock(out, static_cast<std::int64_t>(magnitude / 1'000'000));
  return put_fraction(out, static_cast<std::int64_t>(magnitude % 1'000'000), 1'000'000);
}

char* put_decimal(char* out, Int128 value, int scale) {
  constexpr std::uint64_t chunk = 10'000'000'000'000'000'000u;
  char digits[48];
  UInt128 magnitude = value < 0 ? 0 - static_cast<UInt128>(value) : static_cast<UInt128>(value);
  char* end = digits;
  if (magnitude >= chunk) {
    end = put_decimal(digits, static_cast<Int128>(magnitude / chunk), 0);
    end = put_padded(end, static_cast<std::uint64_t>(magnitude % chunk), 19);
  } else {
    end = std::to_chars(digits, digits + sizeof digits, static_cast<std::uint64_t>(magnitude)).ptr;
  }
  return put_scaled(out, {digits, static_cast<std::size_t>(end - digits)}, value < 0, scale);
}

char* put_decimal(char* out, const Int512& value, int scale) {
  constexpr std::uint64_t chunk = 1'000'000'000'000'000'000u;
  std::array<std::uint64_t, 9> chunks;
  std::size_t count = 0;
  Int512 rest = abs(value);
  do {
    chunks[count++] = static_cast<std::uint64_t>(rest % chunk);
    rest /= chunk;
  } while (rest != 0);
  char digits[max_digits + 20];
  char* end = std::to_chars(digits, digits + 20, chunks[--count]).ptr;
  while (count > 0) end = put_padded(end, chunks[--count], 18);
  return put_scaled(out, {digits, static_cast<std::size_t>(end - digits)}, value < 0, scale);
}

char* put_float(char* out, double value) { return put_shortest(out, value); }
char* put_float(char* out, float value) { return put_shortest(out, value); }
char* put_boolean(char* out, bool value) { return put(out, value ? "true" : "false"); }

}  // namespace sluice::record
