// SPDX-License-Identifier: Apache-2.0
#include "sql/target_table.hpp"

#include "sql/sql_text.hpp"
#include "sql/statements.hpp"
#include "sql/suggest.hpp"

namespace sluice::sql {

TableName target_name(const Context& context, const Dialect& dialect) {
  const auto tables = context.strings("table");
  auto name = tables.empty() ? std::nullopt : TableName::parse(dialect, trimmed(tables.front()));
  if (!name) throw invalid("table: not a table name");
  return *name;
}

std::vector<std::string> target_statements(const Context& context, const Dialect& dialect, std::string_view parameter) {
  return prepare_statements(dialect, context.strings(parameter), target_name(context, dialect).quoted(dialect));
}

Problem no_such_target(const TableName& table, std::string_view place, std::span<const std::string> there) {
  const std::string name = table.text();
  return {"table", "no such table in " + std::string(place) + ": " + name + did_you_mean(name, there),
          "its tables: " + list_of(there) + "; preSql may create it"};
}

Field wanted_field(const TableColumn& column, const Type& type, const std::string& meta, int64_t length) {
  Field field{column.name, type, column.nullable};
  if (!column.native_type.empty()) field.metadata[SLUICE_META_NATIVE] = column.native_type;
  if (!meta.empty()) field.metadata[SLUICE_META_TYPE] = meta;
  if (length >= 0) field.metadata[SLUICE_META_LENGTH] = std::to_string(length);
  if (!column.nullable) field.metadata[SLUICE_META_REQUIRED] = "1";
  if (column.has_default) field.metadata[SLUICE_META_DEFAULT] = "1";
  if (column.key > 0) field.metadata[SLUICE_META_KEY] = std::to_string(column.key);
  return field;
}

}  // namespace sluice::sql
