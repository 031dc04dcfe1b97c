// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "mysql/dialect.hpp"
#include "mysql/target.hpp"
#include "sql/column_list.hpp"

namespace sluice::mysql {

namespace {

// An index holds 3,072 bytes of utf8mb4.
constexpr int64_t longest_key = 768;
// A record holds 65,535 bytes besides its long texts.
constexpr int64_t longest_varchar = 4000;

std::string text_type(const Field& field, bool is_key) {
  const std::string meta = field.meta(SLUICE_META_TYPE);
  if (meta == "json") return "json";
  if (meta == "decimal") return "decimal(65,30)";
  if (meta == "uuid") return "char(36) CHARACTER SET ascii";
  const std::string length = field.meta(SLUICE_META_LENGTH);
  const int64_t most = length.empty() || length.size() > 9 ? 0 : std::stoll(length);
  if (is_key) return "varchar(" + std::to_string(most > 0 && most < longest_key ? most : 255) + ")";
  return most > 0 && most <= longest_varchar ? "varchar(" + length + ")" : "longtext";
}

std::string binary_type(const Field& field, bool is_key) {
  const std::string length = field.meta(SLUICE_META_LENGTH);
  const int64_t most = length.empty() || length.size() > 9 ? 0 : std::stoll(length);
  if (is_key) return "varbinary(" + std::to_string(most > 0 && most < longest_key ? most : 255) + ")";
  return most > 0 && most <= longest_varchar ? "varbinary(" + length + ")" : "longblob";
}

std::string type_for(const Field& field, bool is_key) {
  const Type& type = field.type;
  switch (type.id) {
    case TypeId::boolean:
      return "boolean";
    case TypeId::int8:
      return "tinyint";
    case TypeId::uint8:
      return "tinyint unsigned";
    case TypeId::int16:
      return "smallint";
    case TypeId::uint16:
      return "smallint unsigned";
    case TypeId::int32:
      return "int";
    case TypeId::uint32:
      return "int unsigned";
    case TypeId::int64:
      return "bigint";
    case TypeId::uint64:
      return "bigint unsigned";
    case TypeId::float32:
      return "float";
    case TypeId::float64:
      return "double";
    case TypeId::decimal128:
    case TypeId::decimal256:
      return type.precision <= 65 && type.scale <= 38
                 ? "decimal(" + std::to_string(type.precision) + "," + std::to_string(type.scale) + ")"
                 : "longtext";
    case TypeId::binary:
    case TypeId::large_binary:
      return binary_type(field, is_key);
    case TypeId::date32:
      return "date";
    case TypeId::time64_us:
    case TypeId::time64_ns:
    case TypeId::duration_us:
      return "time(6)";
    case TypeId::timestamp_us:
    case TypeId::timestamp_ns:
      return type.utc ? "timestamp(6)" : "datetime(6)";
    default:
      return text_type(field, is_key);
  }
}

}  // namespace

void create_table(const Context& context, const Schema& input, const TextSink& sink) {
  sql::Problems problems;
  const auto names = sql::parse_target_columns(dialect, context.strings("column"), problems).names();
  const auto name_of = [&](size_t i) { return names.size() == input.size() ? names[i] : input[i].name; };
  std::vector<std::pair<int, std::string>> key;  // position, name
  std::string sql = "CREATE TABLE " + target_name(context).quoted(dialect) + " (";
  for (size_t i = 0; i < input.size(); ++i) {
    const std::string position = input[i].meta(SLUICE_META_KEY);
    sql += (i == 0 ? "" : ", ") + quote_name(name_of(i)) + " " + type_for(input[i], !position.empty()) +
           (input[i].nullable ? " NULL" : " NOT NULL");
    if (!position.empty()) key.emplace_back(std::stoi(position), name_of(i));
  }
  std::sort(key.begin(), key.end());
  // A key of which a part does not arrive is none.
  if (!key.empty() && key.back().first == static_cast<int>(key.size())) {
    std::vector<std::string> columns;
    for (const auto& [position, name] : key) columns.push_back(name);
    sql += ", PRIMARY KEY (" + quote_names(columns) + ")";
  }
  sink.emit("create table", target_name(context).text(),
            sql + ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin");
  for (size_t i = 0; i < input.size(); ++i)
    sink.emit("type", name_of(i), type_for(input[i], !input[i].meta(SLUICE_META_KEY).empty()));
}

}  // namespace sluice::mysql
