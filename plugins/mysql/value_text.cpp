// SPDX-License-Identifier: Apache-2.0
#include "mysql/value_text.hpp"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

#include "sluice/digits.hpp"
#include "sql/decimal_digits.hpp"
#include "sql/time_text.hpp"

namespace sluice::mysql {

namespace {

constexpr uint64_t ones = 0x0101010101010101;

// Marks the bytes of the word that are `c`; exact for the first of them.
uint64_t marks_of(uint64_t word, char c) {
  word ^= ones * static_cast<uint8_t>(c);
  return (word - ones) & ~word & (ones << 7);
}

// How many bytes come before the first that is one of the three.
size_t plain_bytes(const char* text, size_t size, char a, char b, char c) {
  const auto plain_in = [&](size_t at) {
    uint64_t word;
    std::memcpy(&word, text + at, 8);
    const uint64_t marks = marks_of(word, a) | marks_of(word, b) | marks_of(word, c);
    return static_cast<size_t>(std::countr_zero(marks)) / 8;  // 8: all
  };
  size_t at = 0;
  for (; at + 8 <= size; at += 8)
    if (const size_t plain = plain_in(at); plain < 8) return at + plain;
  if (size >= 8) return size - 8 + plain_in(size - 8);  // once more what is plain, and the rest
  while (at < size && text[at] != a && text[at] != b && text[at] != c) ++at;
  return at;
}

// Appends the text; each of the three bytes gets a backslash before it.
void append_escaped(std::string_view text, char a, char b, char c, Buffer& out) {
  for (;;) {
    const size_t plain = plain_bytes(text.data(), text.size(), a, b, c);
    out.append(text.data(), plain);
    if (plain == text.size()) return;
    const char byte = text[plain];
    const char escaped[2] = {'\\', byte == '\n' ? 'n' : byte == '\t' ? 't' : byte};
    out.append(escaped, 2);
    text.remove_prefix(plain + 1);
  }
}

template <class T>
size_t put(T value, char* out) {
  return static_cast<size_t>(write_integer(value, out) - out);
}

// With an exponent: -0 alone would be an integer, which has no sign.
size_t put_floating(double value, char* out) {
  if (value == 0)
    return static_cast<size_t>(
        (std::signbit(value) ? std::strcpy(out, "-0e0") : std::strcpy(out, "0e0"), std::strlen(out)));
  return static_cast<size_t>(std::to_chars(out, out + longest_value, value, std::chars_format::scientific).ptr - out);
}

size_t put_duration(int64_t microseconds, char* out) {
  constexpr uint64_t hour = 3'600'000'000;
  char* at = out;
  if (microseconds < 0) *at++ = '-';
  const uint64_t size =
      microseconds < 0 ? uint64_t{0} - static_cast<uint64_t>(microseconds) : static_cast<uint64_t>(microseconds);
  at += put(size / hour, at);
  char rest[sql::longest_time_text];  // 00:MM:SS.ffffff
  const size_t length = sql::write_time(static_cast<int64_t>(size % hour), rest) - 2;
  std::memcpy(at, rest + 2, length);
  return static_cast<size_t>(at - out) + length;
}

size_t put_decimal(const ColumnView& values, int64_t row, char* out) {
  const Type& type = values.type();
  if (type.id == TypeId::decimal256) return sql::write_decimal(values.value<sql::Int256>(row), type.scale, out);
  return sql::write_decimal(values.value<sql::Int128>(row), type.scale, out);
}

int64_t bits_in(std::string_view text) {
  uint64_t number = 0;
  for (const char c : text) number = number << 1 | static_cast<uint64_t>(c == '1');
  return static_cast<int64_t>(number);
}

}  // namespace

int64_t number_in(const WriteColumn& column, const ColumnView& values, int64_t row) {
  switch (column.type.id) {
    case TypeId::boolean:
      return values.boolean(row) ? 1 : 0;
    case TypeId::int8:
      return values.value<int8_t>(row);
    case TypeId::uint8:
      return values.value<uint8_t>(row);
    case TypeId::int16:
      return values.value<int16_t>(row);
    case TypeId::uint16:
      return values.value<uint16_t>(row);
    case TypeId::int32:
      return values.value<int32_t>(row);
    case TypeId::uint32:
      return values.value<uint32_t>(row);
    case TypeId::utf8:
    case TypeId::large_utf8:
      return bits_in(values.text(row));
    default:
      return values.value<int64_t>(row);
  }
}

double floating_in(const WriteColumn& column, const ColumnView& values, int64_t row) {
  return column.type.id == TypeId::float32 ? static_cast<double>(values.value<float>(row)) : values.value<double>(row);
}

size_t write_value(const WriteColumn& column, const ColumnView& values, int64_t row, char* out) {
  switch (column.form) {
    case Form::integer:
      // "0" would be the year 2000.
      if (column.is_year && values.value<int16_t>(row) == 0) return std::memcpy(out, "0000", 4), 4;
      if (column.type.id == TypeId::uint64) return put(values.value<uint64_t>(row), out);
      return put(number_in(column, values, row), out);
    case Form::bits:
      return put(static_cast<uint64_t>(bits_in(values.text(row))), out);
    case Form::floating:
      return put_floating(floating_in(column, values, row), out);
    case Form::decimal:
      return put_decimal(values, row, out);
    case Form::date:
      return sql::write_date(values.value<int32_t>(row), out);
    case Form::time:
      return put_duration(values.value<int64_t>(row), out);
    case Form::timestamp:
      return sql::write_timestamp(values.value<int64_t>(row), false, out);
    default:
      return 0;
  }
}

void append_field(std::string_view text, Buffer& out) { append_escaped(text, '\\', '\t', '\n', out); }

void append_quoted(std::string_view text, bool is_binary, Buffer& out) {
  if (is_binary) out.append("_binary", 7);
  out.append("'", 1);
  append_escaped(text, '\\', '\'', '\'', out);
  out.append("'", 1);
}

}  // namespace sluice::mysql
