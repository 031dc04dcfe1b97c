// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "postgresql/target.hpp"

namespace sluice::postgresql {

namespace {

// What arrives as text and has a type of its own here.
constexpr std::string_view own_types[] = {"uuid",      "xml",      "inet",      "cidr",    "macaddr",   "macaddr8",
                                          "interval",  "timetz",   "tsvector",  "tsquery", "point",     "box",
                                          "path",      "polygon",  "circle",    "line",    "lseg",      "int4range",
                                          "int8range", "numrange", "daterange", "tsrange", "tstzrange", "pg_lsn"};

std::string text_type(const Field& field) {
  const std::string meta = field.meta(SLUICE_META_TYPE);
  if (meta == "json") return "jsonb";
  if (meta == "decimal") return "numeric";
  if (meta == "bit") return "bit varying";
  if (std::find(std::begin(own_types), std::end(own_types), meta) != std::end(own_types)) return meta;
  const std::string length = field.meta(SLUICE_META_LENGTH);
  // A key of an index; longer texts need no bound.
  return length.empty() || length.size() > 7 || length == "0" ? "text" : "character varying(" + length + ")";
}

std::string type_for(const Field& field) {
  const Type& type = field.type;
  switch (type.id) {
    case TypeId::boolean:
      return "boolean";
    case TypeId::int8:
    case TypeId::uint8:
    case TypeId::int16:
      return "smallint";
    case TypeId::uint16:
    case TypeId::int32:
      return "integer";
    case TypeId::uint32:
    case TypeId::int64:
      return "bigint";
    case TypeId::uint64:
      return "numeric(20,0)";
    case TypeId::float32:
      return "real";
    case TypeId::float64:
      return "double precision";
    case TypeId::decimal128:
    case TypeId::decimal256:
      return "numeric(" + std::to_string(type.precision) + "," + std::to_string(type.scale) + ")";
    case TypeId::binary:
    case TypeId::large_binary:
      return "bytea";
    case TypeId::date32:
      return "date";
    case TypeId::time64_us:
    case TypeId::time64_ns:
      return "time";
    case TypeId::timestamp_us:
    case TypeId::timestamp_ns:
      return type.utc ? "timestamptz" : "timestamp";
    case TypeId::duration_us:
      return "interval";
    default:
      return text_type(field);
  }
}

// PostgreSQL counts microseconds.
std::string remark_for(const Field& field) {
  const TypeId id = field.type.id;
  const bool is_finer = id == TypeId::time64_ns || id == TypeId::timestamp_ns;
  return is_finer ? "to the microsecond: finer values are dirty records" : "";
}

}  // namespace

sql::ColumnType column_type(const Field& field) { return {type_for(field), remark_for(field)}; }

}  // namespace sluice::postgresql
