// SPDX-License-Identifier: Apache-2.0
#include "odbc/column_type.hpp"

#include <algorithm>
#include <charconv>

namespace sluice::odbc {

namespace {

// Types of SQL Server's own driver.
constexpr SQLSMALLINT time_with_fraction = -154;
constexpr SQLSMALLINT timestamp_with_offset = -155;

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool has(const ColumnType& type, std::string_view part) {
  return lower_case(type.name).find(part) != std::string::npos;
}

Type integer_type(const ColumnType& type, const Product& product) {
  if (product.integers_as_text) return sluice::type(TypeId::int64);
  switch (type.sql) {
    case SQL_TINYINT:
      return sluice::type(type.is_unsigned ? TypeId::uint8 : TypeId::int8);
    case SQL_SMALLINT:
      return sluice::type(type.is_unsigned ? TypeId::uint16 : TypeId::int16);
    case SQL_INTEGER:
      return sluice::type(type.is_unsigned ? TypeId::uint32 : TypeId::int32);
    default:
      return sluice::type(type.is_unsigned ? TypeId::uint64 : TypeId::int64);
  }
}

// psqlodbc says 28, 6 for a numeric without precision.
bool is_unbounded(const ColumnType& type, const Product& product) {
  if (product.name == "PostgreSQL" && type.size == 28 && type.digits == 6) return true;
  return type.size < 1 || type.size > 76 || type.digits < 0 || type.digits > type.size;
}

ArrowType decimal_type(const ColumnType& type, const Product& product) {
  if (is_unbounded(type, product)) return {sluice::type(TypeId::utf8), "decimal"};
  return {decimal(static_cast<int>(type.size), type.digits)};
}

bool is_finer_than_micros(const ColumnType& type) { return type.digits > 6 && type.digits <= 9; }

ArrowType timestamp_type(const ColumnType& type, const Product& product) {
  const bool instant = is_instant(type) && (!product.exact_moment.empty() || type.sql == timestamp_with_offset);
  const TypeId id = is_finer_than_micros(type) ? TypeId::timestamp_ns : TypeId::timestamp_us;
  return {Type{id, 0, 0, instant}, "", -1, type.digits};
}

bool bounds_length(const ColumnType& type, const Product& product, std::string_view word) {
  return product.keeps_lengths && type.size > 0 && has(type, word);
}

// SQLite's driver calls decimal(10,2) a text of 10.
std::optional<ArrowType> decimal_in_name(const ColumnType& type) {
  const std::string name = lower_case(type.name);
  if (!name.starts_with("dec") && !name.starts_with("num")) return std::nullopt;
  return ArrowType{sluice::type(TypeId::utf8), "decimal"};
}

ArrowType text_type(const ColumnType& type, const Product& product) {
  if (has(type, "bool")) return {sluice::type(TypeId::boolean)};
  if (product.exact_digits > 0)
    if (auto number = decimal_in_name(type)) return *number;
  ArrowType text{sluice::type(TypeId::utf8)};
  if (has(type, "json")) text.meta = "json";
  if (has(type, "uuid")) text.meta = "uuid";
  if (type.sql != SQL_LONGVARCHAR && type.sql != SQL_WLONGVARCHAR && bounds_length(type, product, "char"))
    text.length = type.size;
  return text;
}

}  // namespace

bool ColumnType::is_text() const {
  switch (sql) {
    case SQL_CHAR:
    case SQL_VARCHAR:
    case SQL_LONGVARCHAR:
    case SQL_WCHAR:
    case SQL_WVARCHAR:
    case SQL_WLONGVARCHAR:
      return true;
    default:
      return false;
  }
}

bool ColumnType::is_binary() const { return sql == SQL_BINARY || sql == SQL_VARBINARY || sql == SQL_LONGVARBINARY; }

bool ColumnType::is_moment() const {
  return sql == SQL_TYPE_DATE || sql == SQL_TYPE_TIME || sql == SQL_TYPE_TIMESTAMP || sql == time_with_fraction ||
         sql == timestamp_with_offset;
}

bool ColumnType::is_real() const { return sql == SQL_REAL || sql == SQL_FLOAT || sql == SQL_DOUBLE; }

std::string ColumnType::native() const {
  if (name.empty()) return "ODBC type " + std::to_string(sql);
  if (name.find('(') != std::string::npos || size <= 0) return name;
  if (sql == SQL_DECIMAL || sql == SQL_NUMERIC)
    return name + "(" + std::to_string(size) + "," + std::to_string(digits) + ")";
  return lower_case(name).ends_with("char") || lower_case(name).ends_with("binary")
             ? name + "(" + std::to_string(size) + ")"
             : name;
}

bool is_instant(const ColumnType& type) {
  return type.sql == timestamp_with_offset || has(type, "timestamptz") || has(type, "with time zone") ||
         has(type, "with local time zone");
}

ArrowType arrow_type(const ColumnType& type, const Product& product) {
  switch (type.sql) {
    case SQL_BIT:
      return {sluice::type(TypeId::boolean)};
    case SQL_TINYINT:
    case SQL_SMALLINT:
    case SQL_INTEGER:
    case SQL_BIGINT:
      return {integer_type(type, product)};
    case SQL_REAL:
      return {sluice::type(product.integers_as_text ? TypeId::float64 : TypeId::float32)};
    case SQL_FLOAT:
    case SQL_DOUBLE:
      return {sluice::type(TypeId::float64)};
    case SQL_DECIMAL:
    case SQL_NUMERIC:
      return decimal_type(type, product);
    case SQL_TYPE_DATE:
      return {sluice::type(TypeId::date32)};
    case SQL_TYPE_TIME:
    case time_with_fraction:
      return {sluice::type(is_finer_than_micros(type) ? TypeId::time64_ns : TypeId::time64_us), "", -1, type.digits};
    case SQL_TYPE_TIMESTAMP:
    case timestamp_with_offset:
      return timestamp_type(type, product);
    case SQL_GUID:
      return {sluice::type(TypeId::utf8), "uuid"};
    default:
      break;
  }
  if (type.is_binary()) {
    ArrowType binary{sluice::type(TypeId::binary)};
    if (type.sql != SQL_LONGVARBINARY && bounds_length(type, product, "binary")) binary.length = type.size;
    return binary;
  }
  return text_type(type, product);
}

}  // namespace sluice::odbc
