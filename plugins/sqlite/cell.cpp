// SPDX-License-Identifier: Apache-2.0
#include "sqlite/cell.hpp"

#include <cmath>
#include <optional>

#include "sluice/utf8.hpp"
#include "sql/suggest.hpp"
#include "sqlite/decimal_text.hpp"
#include "sql/time_text.hpp"

namespace sluice::sqlite {

namespace {

constexpr BadCell text_in_number{"type", "a text in a column declared as a number"};
constexpr BadCell blob_in_number{"type", "a blob in a column declared as a number"};
constexpr BadCell real_in_integer{"inexact",
                                  "a number with a fraction, or beyond 64 bits, in a column declared as INTEGER"};
constexpr BadCell integer_in_real{"inexact", "an integer that a float cannot hold exactly"};
constexpr BadCell blob_in_text{"type", "a blob where text is expected"};
constexpr BadCell not_utf8{"encoding", "a text that is not UTF-8"};
constexpr BadCell number_in_blob{"type", "a number in a column declared as BLOB"};
constexpr BadCell not_boolean{"type", "neither 0 nor 1 in a column declared as BOOLEAN"};
constexpr BadCell not_decimal{"inexact", "not a decimal number of the declared precision and scale"};
constexpr BadCell not_date{"parse", "not a date as YYYY-MM-DD in a column declared as DATE"};
constexpr BadCell not_time{"parse", "not a time as hh:mm:ss in a column declared as TIME"};
constexpr BadCell not_timestamp{"parse",
                                "not a time as YYYY-MM-DD hh:mm:ss without a zone in a column declared as TIMESTAMP"};
constexpr BadCell not_instant{"parse", "not a time as YYYY-MM-DD hh:mm:ss+hh:mm in a column declared with a time zone"};

std::string_view text_of(sqlite3_value* value) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<size_t>(sqlite3_value_bytes(value))};
}

std::string_view blob_of(sqlite3_value* value) {
  const auto* bytes = static_cast<const char*>(sqlite3_value_blob(value));
  return {bytes == nullptr ? "" : bytes, static_cast<size_t>(sqlite3_value_bytes(value))};
}

const BadCell* append_integer(int stored, sqlite3_value* value, ColumnBuilder& column) {
  if (stored == SQLITE_INTEGER) return column.append<int64_t>(sqlite3_value_int64(value)), nullptr;
  if (stored == SQLITE_TEXT) return &text_in_number;
  if (stored == SQLITE_BLOB) return &blob_in_number;
  const double real = sqlite3_value_double(value);
  if (!(real >= -9223372036854775808.0 && real < 9223372036854775808.0) || real != std::trunc(real))
    return &real_in_integer;
  return column.append<int64_t>(static_cast<int64_t>(real)), nullptr;
}

const BadCell* append_real(int stored, sqlite3_value* value, ColumnBuilder& column) {
  if (stored == SQLITE_FLOAT) return column.append<double>(sqlite3_value_double(value)), nullptr;
  if (stored == SQLITE_TEXT) return &text_in_number;
  if (stored == SQLITE_BLOB) return &blob_in_number;
  const int64_t integer = sqlite3_value_int64(value);
  constexpr int64_t most = int64_t{1} << 53;
  if (integer > most || integer < -most) return &integer_in_real;
  return column.append<double>(static_cast<double>(integer)), nullptr;
}

const BadCell* append_text(int stored, sqlite3_value* value, ColumnBuilder& column) {
  char buffer[40];
  if (stored == SQLITE_BLOB) return &blob_in_text;
  if (stored == SQLITE_FLOAT)
    return column.append_text(write_double(sqlite3_value_double(value), buffer, sizeof buffer)), nullptr;
  const std::string_view text = text_of(value);
  if (stored == SQLITE_TEXT && !is_utf8(text)) return &not_utf8;
  return column.append_text(text), nullptr;
}

const BadCell* append_binary(int stored, sqlite3_value* value, ColumnBuilder& column) {
  if (stored != SQLITE_BLOB && stored != SQLITE_TEXT) return &number_in_blob;
  return column.append_text(stored == SQLITE_BLOB ? blob_of(value) : text_of(value)), nullptr;
}

const BadCell* append_boolean(int stored, sqlite3_value* value, ColumnBuilder& column) {
  if (stored == SQLITE_TEXT) {
    const std::string_view text = text_of(value);
    const bool yes = sql::same_name(text, "true");
    if (!yes && !sql::same_name(text, "false")) return &not_boolean;
    return column.append_boolean(yes), nullptr;
  }
  const int64_t integer = stored == SQLITE_INTEGER ? sqlite3_value_int64(value) : -1;
  if (integer != 0 && integer != 1) return &not_boolean;
  return column.append_boolean(integer == 1), nullptr;
}

const BadCell* append_decimal(const DeclaredType& type, int stored, sqlite3_value* value, ColumnBuilder& column) {
  if (stored == SQLITE_BLOB) return &blob_in_number;
  std::optional<Int128> number;
  if (stored == SQLITE_INTEGER)
    number = decimal_of(int64_t{sqlite3_value_int64(value)}, type.precision, type.scale);
  else if (stored == SQLITE_FLOAT)
    number = decimal_of(sqlite3_value_double(value), type.precision, type.scale);
  else
    number = parse_decimal(text_of(value), type.precision, type.scale);
  if (!number) return &not_decimal;
  return column.append<Int128>(*number), nullptr;
}

template <class T, class Parse>
const BadCell* append_parsed(int stored, sqlite3_value* value, ColumnBuilder& column, const BadCell& bad, Parse parse) {
  if (stored != SQLITE_TEXT) return &bad;
  const auto parsed = parse(text_of(value));
  if (!parsed) return &bad;
  return column.append<T>(*parsed), nullptr;
}

}  // namespace

const BadCell* append_cell(const DeclaredType& type, sqlite3_value* value, ColumnBuilder& column) {
  const int stored = sqlite3_value_type(value);
  if (stored == SQLITE_NULL) return column.append_null(), nullptr;
  switch (type.kind) {
    case Kind::integer:
      return append_integer(stored, value, column);
    case Kind::real:
      return append_real(stored, value, column);
    case Kind::binary:
      return append_binary(stored, value, column);
    case Kind::boolean:
      return append_boolean(stored, value, column);
    case Kind::decimal:
      return append_decimal(type, stored, value, column);
    case Kind::date:
      return append_parsed<int32_t>(stored, value, column, not_date, sql::parse_date);
    case Kind::time:
      return append_parsed<int64_t>(stored, value, column, not_time, sql::parse_time);
    case Kind::timestamp:
      return append_parsed<int64_t>(stored, value, column, not_timestamp,
                                    [](std::string_view text) { return sql::parse_timestamp(text, false); });
    case Kind::instant:
      return append_parsed<int64_t>(stored, value, column, not_instant,
                                    [](std::string_view text) { return sql::parse_timestamp(text, true); });
    default:
      return append_text(stored, value, column);
  }
}

std::string cell_text(sqlite3_value* value) {
  if (sqlite3_value_type(value) != SQLITE_BLOB) return std::string(text_of(value));
  static constexpr char digits[] = "0123456789abcdef";
  std::string out = "x'";
  for (const char c : blob_of(value).substr(0, 256))
    out += {digits[static_cast<unsigned char>(c) >> 4], digits[static_cast<unsigned char>(c) & 15]};
  return out + "'";
}

}  // namespace sluice::sqlite
