// SPDX-License-Identifier: Apache-2.0
#include "odbc/parameter_codec.hpp"

#include <algorithm>
#include <cstring>

#include "odbc/decimal_text.hpp"
#include "odbc/moment_text.hpp"
#include "odbc/utf16.hpp"

namespace sluice::odbc {

namespace {

constexpr CellFault finer_than_column = {"inexact", "the value is finer than the column"};
constexpr CellFault too_many_digits = {"inexact", "the database keeps only 15 digits of a number"};
constexpr CellFault holds_nul = {"encoding", "a NUL character, which texts of the database cannot hold"};
constexpr CellFault no_number = {"range", "the database has no NaN"};
constexpr CellFault outside_years = {"range", "the year is outside 1 to 9999"};

constexpr int64_t day_nanos = 86'400'000'000'000;
constexpr int64_t first_day = -719'162;  // 0001-01-01
constexpr int64_t last_day = 2'932'896;  // 9999-12-31

template <class T>
size_t encode_plain(const ColumnView& column, int64_t row, const ParameterCodec&, char* cell) {
  const T value = column.value<T>(row);
  std::memcpy(cell, &value, sizeof value);
  return sizeof value;
}

size_t encode_bit(const ColumnView& column, int64_t row, const ParameterCodec&, char* cell) {
  *cell = column.boolean(row) ? 1 : 0;
  return 1;
}

size_t encode_decimal(const ColumnView& column, int64_t row, const ParameterCodec& codec, char* cell) {
  const int scale = codec.arrow.type.scale;
  if (codec.arrow.type.id == TypeId::decimal256) return sql::write_decimal(column.value<Int256>(row), scale, cell);
  return sql::write_decimal(column.value<sql::Int128>(row), scale, cell);
}

struct DayTime {
  int64_t days, nanos;
};

// Days and nanoseconds of a date, time or timestamp.
DayTime split_of(const ColumnView& column, int64_t row, TypeId id) {
  if (id == TypeId::date32) return {column.value<int32_t>(row), 0};
  const int64_t unit = id == TypeId::timestamp_ns || id == TypeId::time64_ns ? 1 : 1000;
  const int64_t value = column.value<int64_t>(row), per_day = day_nanos / unit;
  const int64_t days = value / per_day - (value % per_day < 0 ? 1 : 0);
  return {days, (value - days * per_day) * unit};
}

const CellFault* check_moment(const ColumnView& column, int64_t row, const ParameterCodec& codec) {
  const TypeId id = codec.arrow.type.id;
  const DayTime split = split_of(column, row, id);
  const bool has_date = id != TypeId::time64_us && id != TypeId::time64_ns;
  if (has_date && codec.four_digit_years && (split.days < first_day || split.days > last_day)) return &outside_years;
  int64_t unit = 1;
  for (int i = codec.digits; i < 9; ++i) unit *= 10;
  return split.nanos % unit != 0 ? &finer_than_column : nullptr;
}

size_t encode_date(const ColumnView& column, int64_t row, const ParameterCodec&, char* cell) {
  return write_date(column.value<int32_t>(row), cell);
}

size_t encode_time(const ColumnView& column, int64_t row, const ParameterCodec& codec, char* cell) {
  return write_time(split_of(column, row, codec.arrow.type.id).nanos, codec.digits, cell);
}

size_t encode_timestamp(const ColumnView& column, int64_t row, const ParameterCodec& codec, char* cell) {
  const DayTime split = split_of(column, row, codec.arrow.type.id);
  return write_timestamp(split.days, split.nanos, codec.digits, codec.arrow.type.utc, cell);
}

size_t encode_wide(const ColumnView& column, int64_t row, const ParameterCodec&, char* cell) {
  return write_utf16(column.text(row), reinterpret_cast<SQLWCHAR*>(cell)) * sizeof(SQLWCHAR);
}

const CellFault* check_digits(const ColumnView& column, int64_t row, const ParameterCodec& codec) {
  return significant_digits(column.text(row)) > codec.most_digits ? &too_many_digits : nullptr;
}

// Drivers would end the text there.
const CellFault* check_nul(const ColumnView& column, int64_t row, const ParameterCodec&) {
  return column.text(row).find('\0') != std::string_view::npos ? &holds_nul : nullptr;
}

size_t encode_bytes(const ColumnView& column, int64_t row, const ParameterCodec&, char* cell) {
  const auto bytes = column.text(row);
  if (!bytes.empty()) std::memcpy(cell, bytes.data(), bytes.size());
  return bytes.size();
}

// SQLite would take it for NULL.
template <class T>
const CellFault* check_nan(const ColumnView& column, int64_t row, const ParameterCodec&) {
  const T value = column.value<T>(row);
  return value != value ? &no_number : nullptr;
}

template <class T>
ParameterCodec plain(ArrowType arrow, SQLSMALLINT c_type, SQLSMALLINT sql_type) {
  return {
      .arrow = std::move(arrow), .c_type = c_type, .sql_type = sql_type, .cell = sizeof(T), .encode = &encode_plain<T>};
}

ParameterCodec integer(ArrowType arrow, const ColumnType& type) {
  const TypeId id = arrow.type.id;
  switch (id) {
    case TypeId::int8:
      return plain<int8_t>(arrow, SQL_C_STINYINT, type.sql);
    case TypeId::uint8:
      return plain<uint8_t>(arrow, SQL_C_UTINYINT, type.sql);
    case TypeId::int16:
      return plain<int16_t>(arrow, SQL_C_SSHORT, type.sql);
    case TypeId::uint16:
      return plain<uint16_t>(arrow, SQL_C_USHORT, type.sql);
    case TypeId::int32:
      return plain<int32_t>(arrow, SQL_C_SLONG, type.sql);
    case TypeId::uint32:
      return plain<uint32_t>(arrow, SQL_C_ULONG, type.sql);
    case TypeId::uint64:
      return plain<uint64_t>(arrow, SQL_C_UBIGINT, SQL_BIGINT);
    default:
      return plain<int64_t>(arrow, SQL_C_SBIGINT, SQL_BIGINT);
  }
}

template <class T>
ParameterCodec real(ArrowType arrow, SQLSMALLINT c_type, SQLSMALLINT sql_type, const Product& product) {
  ParameterCodec codec = plain<T>(std::move(arrow), c_type, sql_type);
  if (!product.lacks_reals.empty()) codec.check = &check_nan<T>;
  return codec;
}

ParameterCodec moment(ArrowType arrow, const ColumnType& type, const Product& product, EncodeValue encode) {
  const TypeId id = arrow.type.id;
  const bool is_time = id == TypeId::time64_us || id == TypeId::time64_ns;
  // ODBC's own type for a time of day has no fraction.
  const bool as_text = product.reads_any_text || is_time || arrow.type.utc;
  const int known = product.keeps_lengths && arrow.fraction_digits >= 0 ? std::min(arrow.fraction_digits, 9) : 6;
  return {.arrow = std::move(arrow),
          .c_type = SQL_C_CHAR,
          .sql_type = as_text ? SQLSMALLINT{SQL_VARCHAR} : type.sql,
          .size = id == TypeId::date32 ? size_t{10} : longest_moment,
          .digits = static_cast<SQLSMALLINT>(known),
          .cell = longest_moment,
          .four_digit_years = product.exact_moment.empty(),
          .check = &check_moment,
          .encode = encode};
}

ParameterCodec text(ArrowType arrow, const ColumnType& type, const Product& product) {
  const bool is_long = type.sql == SQL_LONGVARCHAR || type.sql == SQL_WLONGVARCHAR;
  const bool is_guid = type.sql == SQL_GUID && !product.reads_any_text;
  ParameterCodec codec{.arrow = std::move(arrow),
                       .c_type = SQL_C_WCHAR,
                       .sql_type = static_cast<SQLSMALLINT>(is_guid   ? SQL_GUID
                                                            : is_long ? SQL_WLONGVARCHAR
                                                                      : SQL_WVARCHAR),
                       .unit = sizeof(SQLWCHAR),
                       .encode = &encode_wide};
  if (!product.takes_nul) codec.check = &check_nul;
  if (codec.arrow.meta == "decimal" && product.exact_digits > 0) {
    codec.most_digits = product.exact_digits;
    codec.check = &check_digits;
  }
  return codec;
}

}  // namespace

ParameterCodec codec_to_write(const ColumnType& type, const Product& product) {
  ArrowType arrow = arrow_type(type, product);
  switch (arrow.type.id) {
    case TypeId::boolean:
      return {.arrow = std::move(arrow),
              .c_type = SQL_C_BIT,
              .sql_type = SQL_BIT,
              .size = 1,
              .cell = 1,
              .encode = &encode_bit};
    case TypeId::float32:
      return real<float>(arrow, SQL_C_FLOAT, type.sql, product);
    case TypeId::float64:
      return real<double>(arrow, SQL_C_DOUBLE, SQL_DOUBLE, product);
    case TypeId::decimal128:
    case TypeId::decimal256:
      return {.arrow = arrow,
              .c_type = SQL_C_CHAR,
              .sql_type = type.sql,
              .size = static_cast<size_t>(arrow.type.precision),
              .digits = static_cast<SQLSMALLINT>(arrow.type.scale),
              .cell = longest_decimal,
              .encode = &encode_decimal};
    case TypeId::date32:
      return moment(arrow, type, product, &encode_date);
    case TypeId::time64_us:
    case TypeId::time64_ns:
      return moment(arrow, type, product, &encode_time);
    case TypeId::timestamp_us:
    case TypeId::timestamp_ns:
      return moment(arrow, type, product, &encode_timestamp);
    case TypeId::binary:
      return {.arrow = std::move(arrow), .c_type = SQL_C_BINARY, .sql_type = type.sql, .encode = &encode_bytes};
    case TypeId::utf8:
      return text(std::move(arrow), type, product);
    default:
      return integer(std::move(arrow), type);
  }
}

}  // namespace sluice::odbc
