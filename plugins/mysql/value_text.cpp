// SPDX-License-Identifier: Apache-2.0
#include "mysql/value_text.hpp"

#include <algorithm>
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

// Whether append_field() would append them as they are. 64 bytes at a time, which the compiler compares at once.
bool is_plain_field(std::string_view text) {
  constexpr size_t step = 64;
  const auto is_plain = [](const char* at, size_t size) {
    unsigned char found = 0;
    for (size_t i = 0; i < size; ++i)
      found |= static_cast<unsigned char>((at[i] == '\\') | (at[i] == '\t') | (at[i] == '\n'));
    return found == 0;
  };
  size_t at = 0;
  for (; at + step <= text.size(); at += step)
    if (!is_plain(text.data() + at, step)) return false;
  return is_plain(text.data() + at, text.size() - at);
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

// How a value that is no text is written; answers the end.
using Write = char* (*)(const ColumnView& values, int64_t row, char* to);

template <class T>
char* write_number(const ColumnView& values, int64_t row, char* to) {
  return write_integer(values.value<T>(row), to);
}

// "0" would be the year 2000.
char* write_year(const ColumnView& values, int64_t row, char* to) {
  const auto year = values.value<int16_t>(row);
  return year == 0 ? static_cast<char*>(std::memcpy(to, "0000", 4)) + 4 : write_integer(year, to);
}

int64_t bits_in(std::string_view text) {
  uint64_t number = 0;
  for (const char c : text) number = number << 1 | static_cast<uint64_t>(c == '1');
  return static_cast<int64_t>(number);
}

char* write_bits(const ColumnView& values, int64_t row, char* to) {
  return write_integer(static_cast<uint64_t>(bits_in(values.text(row))), to);
}

// With an exponent: -0 alone would be an integer, which has no sign.
template <class T>
char* write_floating(const ColumnView& values, int64_t row, char* to) {
  const auto value = static_cast<double>(values.value<T>(row));
  if (value != 0) return std::to_chars(to, to + longest_value, value, std::chars_format::scientific).ptr;
  const std::string_view zero = std::signbit(value) ? "-0e0" : "0e0";
  return std::copy(zero.begin(), zero.end(), to);
}

template <class T>
char* write_decimal(const ColumnView& values, int64_t row, char* to) {
  return to + sql::write_decimal(values.value<T>(row), values.type().scale, to);
}

char* write_date(const ColumnView& values, int64_t row, char* to) {
  return to + sql::write_date(values.value<int32_t>(row), to);
}

char* write_timestamp(const ColumnView& values, int64_t row, char* to) {
  return to + sql::write_timestamp(values.value<int64_t>(row), false, to);
}

char* write_duration(const ColumnView& values, int64_t row, char* to) {
  constexpr uint64_t hour = 3'600'000'000;
  const auto microseconds = values.value<int64_t>(row);
  auto size = static_cast<uint64_t>(microseconds);
  if (microseconds < 0) *to++ = '-', size = 0 - size;
  to = write_integer(size / hour, to);
  char rest[sql::longest_time_text];  // 00:MM:SS.ffffff
  const size_t length = sql::write_time(static_cast<int64_t>(size % hour), rest);
  return std::copy(rest + 2, rest + length, to);
}

template <Write write>
void make_cells(CellTexts& cells, const ColumnView& values, int64_t first, size_t rows) {
  cells.write_each(values, first, rows, longest_value, null_field,
                   [](const ColumnView& of, int64_t row, char* to) { return write(of, row, to); });
}

struct ValueWriter {
  Write one;
  MakeCells many;
};

template <Write write>
constexpr ValueWriter writer{write, make_cells<write>};

ValueWriter integer_writer(const WriteColumn& column) {
  if (column.is_year) return writer<write_year>;
  switch (column.type.id) {
    case TypeId::int8:
      return writer<write_number<int8_t>>;
    case TypeId::uint8:
      return writer<write_number<uint8_t>>;
    case TypeId::int16:
      return writer<write_number<int16_t>>;
    case TypeId::uint16:
      return writer<write_number<uint16_t>>;
    case TypeId::int32:
      return writer<write_number<int32_t>>;
    case TypeId::uint32:
      return writer<write_number<uint32_t>>;
    case TypeId::uint64:
      return writer<write_number<uint64_t>>;
    default:
      return writer<write_number<int64_t>>;
  }
}

ValueWriter writer_for(const WriteColumn& column) {
  switch (column.form) {
    case Form::integer:
      return integer_writer(column);
    case Form::bits:
      return writer<write_bits>;
    case Form::floating:
      return column.type.id == TypeId::float32 ? writer<write_floating<float>> : writer<write_floating<double>>;
    case Form::decimal:
      return column.type.id == TypeId::decimal256 ? writer<write_decimal<sql::Int256>>
                                                  : writer<write_decimal<sql::Int128>>;
    case Form::date:
      return writer<write_date>;
    case Form::time:
      return writer<write_duration>;
    case Form::timestamp:
      return writer<write_timestamp>;
    case Form::text:
    case Form::bytes:
      break;
  }
  return {};
}

void make_texts(CellTexts& cells, const ColumnView& values, int64_t first, size_t rows) {
  const auto any = [](std::string_view) { return true; };
  if (cells.refer(values, first, rows, any) && is_plain_field(cells.all(rows))) return;
  cells.append_each(first, rows, [&](int64_t row, Buffer& out) {
    if (values.is_null(row))
      out.append(null_field.data(), null_field.size());
    else
      append_field(values.text(row), out);
  });
}

}  // namespace

int64_t number_in(const WriteColumn& column, const ColumnView& values, int64_t row) {
  switch (column.type.id) {
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
  return static_cast<size_t>(writer_for(column).one(values, row, out) - out);
}

MakeCells cell_maker(const WriteColumn& column) { return column.is_text() ? make_texts : writer_for(column).many; }

void append_field(std::string_view text, Buffer& out) { append_escaped(text, '\\', '\t', '\n', out); }

void append_quoted(std::string_view text, bool is_binary, Buffer& out) {
  if (is_binary) out.append("_binary", 7);
  out.append("'", 1);
  append_escaped(text, '\\', '\'', '\'', out);
  out.append("'", 1);
}

}  // namespace sluice::mysql
