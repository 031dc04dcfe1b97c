// SPDX-License-Identifier: Apache-2.0
#include "mysql/write_column.hpp"

#include <algorithm>
#include <array>

#include "sql/time_text.hpp"

namespace sluice::mysql {

namespace {

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Type integer_type(const ServerType& server) {
  const bool plain = !server.is_unsigned;
  if (server.name == "tinyint") return type(plain ? TypeId::int8 : TypeId::uint8);
  if (server.name == "smallint") return type(plain ? TypeId::int16 : TypeId::uint16);
  if (server.name == "bigint") return type(plain ? TypeId::int64 : TypeId::uint64);
  return type(plain ? TypeId::int32 : TypeId::uint32);
}

// enum('a','it''s') -> a, it's
std::vector<std::string> members_of(std::string_view native) {
  std::vector<std::string> members;
  for (size_t at = native.find('\''); at != std::string_view::npos; at = native.find('\'', at)) {
    std::string& member = members.emplace_back();
    for (++at; at < native.size(); ++at) {
      if (native[at] == '\'' && (++at >= native.size() || native[at] != '\'')) break;
      member += native[at];
    }
  }
  return members;
}

// Types whose values end in blanks that mean nothing.
bool is_padded(const Field& input) {
  const std::string native = input.meta(SLUICE_META_NATIVE);
  return native.starts_with("char") && !native.starts_with("character varying");
}

WriteColumn floating(const ServerType& server, const Field& input) {
  WriteColumn column{Form::floating, type(server.name == "float" ? TypeId::float32 : TypeId::float64)};
  if (server.native.find('(') != std::string::npos && input.meta(SLUICE_META_NATIVE) != server.native)
    column.refusal = "the server would round its values";
  return column;
}

WriteColumn text(const ServerType& server, const Field& input) {
  WriteColumn column{Form::text, type(input.type.id == TypeId::large_utf8 ? TypeId::large_utf8 : TypeId::utf8)};
  if (is_one_of(server.name, {"json", "uuid", "inet4", "inet6"})) column.meta = server.name;
  if (is_one_of(server.name, {"enum", "set"})) column.members = members_of(server.native);
  column.is_set = server.name == "set";
  column.drops_blanks = server.name == "char" && !is_padded(input);
  if (column.members.empty() && column.meta.empty()) column.length = server.length;
  // The file is read as bytes: those of a text are UTF-8.
  if (!is_one_of(server.character_set, {"utf8mb4", "utf8mb3", "utf8"})) column.load = "CONVERT(% USING utf8mb4)";
  return column;
}

WriteColumn bytes(const ServerType& server, const Field& input) {
  WriteColumn column{Form::bytes, type(input.type.id == TypeId::large_binary ? TypeId::large_binary : TypeId::binary)};
  column.length = server.length;
  if (server.name == "binary") column.width = server.length;
  return column;
}

WriteColumn bits(const ServerType& server, const Field& input) {
  WriteColumn column{Form::integer, type(TypeId::uint64)};
  if (input.type.is_text() && input.meta(SLUICE_META_TYPE) == "bit") {
    column = {Form::bits, type(TypeId::utf8)};
    column.meta = "bit";
    column.width = server.precision;
  }
  column.load = "CAST(% AS UNSIGNED)";
  return column;
}

WriteColumn time(const ServerType& server, const Field& input) {
  const bool is_of_day = input.type.id == TypeId::time64_us || input.type.id == TypeId::time64_ns;
  WriteColumn column{Form::time, type(is_of_day ? TypeId::time64_us : TypeId::duration_us)};
  column.digits = server.digits;
  return column;
}

WriteColumn form_of(const ServerType& server, const Field& input) {
  const std::string& name = server.name;
  if (is_one_of(name, {"tinyint", "smallint", "mediumint", "int", "bigint"}))
    return {Form::integer, integer_type(server)};
  if (name == "float" || name == "double") return floating(server, input);
  if (name == "decimal") return {Form::decimal, decimal(server.precision, server.scale)};
  if (name == "bit") return bits(server, input);
  if (name == "date") return {Form::date, type(TypeId::date32)};
  if (name == "time") return time(server, input);
  if (name == "year") return {Form::integer, type(TypeId::int16)};
  if (is_one_of(name, {"binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "vector"}))
    return bytes(server, input);
  if (is_one_of(name, {"geometry", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon",
                       "geometrycollection"})) {
    WriteColumn column = bytes(server, input);
    if (!input.type.is_binary()) column.refusal = "a geometry needs the store's binary form";
    return column;
  }
  return text(server, input);
}

constexpr std::array<int64_t, 7> steps = {1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};

}  // namespace

WriteColumn column_to_write(const ServerType& server, const Field& input) {
  WriteColumn column;
  if (server.name == "datetime" || server.name == "timestamp") {
    column = {Form::timestamp, server.name == "timestamp" ? instant() : wall_clock()};
    column.digits = server.digits;
  } else {
    column = form_of(server, input);
  }
  column.is_year = server.name == "year";
  column.native = server.native;
  return column;
}

const char* WriteColumn::stage_type() const {
  switch (form) {
    case Form::integer:
      return type.id == TypeId::uint64 ? "BIGINT UNSIGNED" : "BIGINT";
    case Form::bits:
      return "BIGINT UNSIGNED";
    case Form::floating:
      return "DOUBLE";
    case Form::bytes:
      return "LONGBLOB";
    default:
      return "LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
  }
}

// ---- What the server would change silently ----

namespace {

constexpr sql::Fault finer{"inexact", "the column keeps fewer digits of a second than the value has"};

bool is_finer(const WriteColumn& column, int64_t microseconds) {
  return column.digits < 6 && microseconds % steps[static_cast<size_t>(column.digits)] != 0;
}

sql::Fault check_floating(const WriteColumn& column, const ColumnView& values, int64_t row) {
  const double value =
      column.type.id == TypeId::float32 ? static_cast<double>(values.value<float>(row)) : values.value<double>(row);
  if (value - value == 0) return {};
  return {"range", "MySQL has neither NaN nor infinity"};
}

sql::Fault check_date(const WriteColumn&, const ColumnView& values, int64_t row) {
  if (sql::date_has_text(values.value<int32_t>(row))) return {};
  return {"range", "a year beyond what MySQL can hold"};
}

sql::Fault check_timestamp(const WriteColumn& column, const ColumnView& values, int64_t row) {
  const auto value = values.value<int64_t>(row);
  if (!sql::timestamp_has_text(value)) return {"range", "a year beyond what MySQL can hold"};
  return is_finer(column, value) ? finer : sql::Fault{};
}

sql::Fault check_time(const WriteColumn& column, const ColumnView& values, int64_t row) {
  return is_finer(column, values.value<int64_t>(row)) ? finer : sql::Fault{};
}

// Years of two digits get a century.
sql::Fault check_year(const WriteColumn&, const ColumnView& values, int64_t row) {
  const auto year = values.value<int16_t>(row);
  if (year == 0 || (year >= 1901 && year <= 2155)) return {};
  return {"range", "a YEAR is 0 or between 1901 and 2155"};
}

sql::Fault check_blanks(const WriteColumn&, const ColumnView& values, int64_t row) {
  if (!values.text(row).ends_with(' ')) return {};
  return {"inexact", "CHAR does not keep the blanks at the end of a text"};
}

sql::Fault check_width(const WriteColumn& column, const ColumnView& values, int64_t row) {
  if (static_cast<int64_t>(values.text(row).size()) >= column.width) return {};
  return {"inexact", "BINARY would fill the value up with zeros"};
}

sql::Fault check_bits(const WriteColumn& column, const ColumnView& values, int64_t row) {
  const std::string_view text = values.text(row);
  if (text.find_first_not_of("01") != std::string_view::npos) return {"parse", "not a text of the bits 0 and 1"};
  if (static_cast<int64_t>(text.size()) == column.width) return {};
  return {"inexact", "not as many bits as the column has"};
}

bool is_member(const WriteColumn& column, std::string_view text) {
  return std::find(column.members.begin(), column.members.end(), text) != column.members.end();
}

// The server takes numbers for positions, and letters of another case for the same.
sql::Fault check_members(const WriteColumn& column, const ColumnView& values, int64_t row) {
  constexpr sql::Fault unknown{"parse", "not one of the column's values"};
  std::string_view text = values.text(row);
  if (!column.is_set) return is_member(column, text) ? sql::Fault{} : unknown;
  while (!text.empty()) {
    const size_t comma = std::min(text.find(','), text.size());
    if (!is_member(column, text.substr(0, comma)) || comma + 1 == text.size()) return unknown;
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return {};
}

}  // namespace

ValueCheck check_for(const WriteColumn& column) {
  if (column.is_year) return check_year;
  if (!column.members.empty()) return check_members;
  switch (column.form) {
    case Form::floating:
      return check_floating;
    case Form::date:
      return check_date;
    case Form::timestamp:
      return check_timestamp;
    case Form::time:
      return column.digits < 6 ? check_time : nullptr;
    case Form::bits:
      return check_bits;
    case Form::text:
      return column.drops_blanks ? check_blanks : nullptr;
    case Form::bytes:
      return column.width >= 0 ? check_width : nullptr;
    default:
      return nullptr;
  }
}

}  // namespace sluice::mysql
