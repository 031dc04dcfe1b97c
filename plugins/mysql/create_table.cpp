// SPDX-License-Identifier: Apache-2.0
#include "sql/create_table.hpp"

#include "mysql/dialect.hpp"
#include "mysql/target.hpp"
#include "sql/target_table.hpp"

namespace sluice::mysql {

namespace {

using sql::ColumnType;

// An index holds 3,072 bytes of utf8mb4.
constexpr int64_t longest_key = 768;
constexpr int64_t usual_key = 255;
// A record holds 65,535 bytes besides its long texts.
constexpr int64_t longest_varchar = 4000;

constexpr const char* to_microseconds = "to the microsecond: finer values are dirty records";
constexpr const char* years = "years 0 to 9999: others are dirty records";

// `short_type` with the most that a value has, `long_type` where that is too much or not known.
ColumnType bounded(const Field& field, const char* short_type, const char* long_type, const char* unit) {
  const int64_t most = sql::bound_of(field);
  const auto sized = [&](int64_t size) { return std::string(short_type) + "(" + std::to_string(size) + ")"; };
  if (!sql::is_key(field)) return {most > 0 && most <= longest_varchar ? sized(most) : std::string(long_type)};
  if (most > 0 && most < longest_key) return {sized(most)};
  return {sized(usual_key), "in a key, so up to " + std::to_string(usual_key) + " " + unit + ": longer ones are dirty"};
}

ColumnType text_type(const Field& field) {
  const std::string meta = field.meta(SLUICE_META_TYPE);
  if (meta == "json") return {"json"};
  if (meta == "decimal")
    return {"decimal(65,30)", "up to 35 digits before the point and 30 behind it: others are dirty records"};
  if (meta == "uuid") return {"char(36) CHARACTER SET ascii", "as text, which is not checked to be a uuid"};
  ColumnType type = bounded(field, "varchar", "longtext", "characters");
  if (!meta.empty() && type.remark.empty()) type.remark = "as text, which is not checked to be a " + meta;
  return type;
}

ColumnType decimal_type(const Type& type) {
  if (type.precision > 65 || type.scale > 38) return {"longtext", "all digits, as text: it sorts and compares as text"};
  return {"decimal(" + std::to_string(type.precision) + "," + std::to_string(type.scale) + ")"};
}

ColumnType type_for(const Field& field) {
  const Type& type = field.type;
  switch (type.id) {
    case TypeId::boolean:
      return {"boolean", "as the numbers 0 and 1"};
    case TypeId::int8:
      return {"tinyint"};
    case TypeId::uint8:
      return {"tinyint unsigned"};
    case TypeId::int16:
      return {"smallint"};
    case TypeId::uint16:
      return {"smallint unsigned"};
    case TypeId::int32:
      return {"int"};
    case TypeId::uint32:
      return {"int unsigned"};
    case TypeId::int64:
      return {"bigint"};
    case TypeId::uint64:
      return {"bigint unsigned"};
    case TypeId::float32:
      return {"float", "neither NaN nor infinity: such values are dirty records"};
    case TypeId::float64:
      return {"double", "neither NaN nor infinity: such values are dirty records"};
    case TypeId::decimal128:
    case TypeId::decimal256:
      return decimal_type(type);
    case TypeId::binary:
    case TypeId::large_binary:
      return bounded(field, "varbinary", "longblob", "bytes");
    case TypeId::date32:
      return {"date", years};
    case TypeId::time64_us:
      return {"time(6)"};
    case TypeId::time64_ns:
      return {"time(6)", to_microseconds};
    case TypeId::duration_us:
      return {"time(6)", "up to 838:59:59: longer ones are dirty records"};
    case TypeId::timestamp_us:
    case TypeId::timestamp_ns:
      if (type.utc) return {"timestamp(6)", "from 1970 to January 2038: others are dirty records"};
      return {"datetime(6)", type.id == TypeId::timestamp_ns ? to_microseconds : years};
    default:
      return text_type(field);
  }
}

// What comes from such a column fits into one.
ColumnType column_type(const Field& field) {
  ColumnType column = type_for(field);
  if (field.meta(SLUICE_META_NATIVE) == column.type) column.remark.clear();
  return column;
}

}  // namespace

void create_table(const Context& context, const Schema& input, const TextSink& sink) {
  sql::create_table(dialect, sql::target_name(context, dialect), context.strings("column"), input, column_type, sink,
                    {.nullable = " NULL", .options = " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin"});
}

}  // namespace sluice::mysql
