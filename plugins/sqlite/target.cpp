// SPDX-License-Identifier: Apache-2.0
#include "sqlite/target.hpp"

#include <algorithm>

#include "sql/match_columns.hpp"
#include "sql/sql_text.hpp"
#include "sqlite/dialect.hpp"

namespace sluice::sqlite {

namespace {

Field wanted_field(const Target& target, size_t position, const Schema& input) {
  const size_t index = target.written[position];
  const auto& column = target.table.shape.columns[index];
  const bool row_number = target.table.row_number_column == index;
  Field field{column.name, wanted_type(target.table.types[index], input[position].type)};
  field.nullable = column.nullable || row_number;
  if (!column.native_type.empty()) field = field.with(SLUICE_META_NATIVE, column.native_type);
  if (!field.nullable) field = field.with(SLUICE_META_REQUIRED, "1");
  if (column.has_default) field = field.with(SLUICE_META_DEFAULT, "1");
  if (column.key > 0) field = field.with(SLUICE_META_KEY, std::to_string(column.key));
  return field;
}

// Told before, not record by record.
void warn_of_precision(const Target& target, const Schema& input, sql::Problems& problems) {
  for (size_t i = 0; i < target.written.size(); ++i) {
    const auto& type = target.wanted[i].type;
    if (type.id != TypeId::decimal128 || !target.types[i].has_numeric_affinity()) continue;
    if (std::min(type.precision, input[i].type.precision == 0 ? type.precision : input[i].type.precision) <= 15)
      continue;
    problems.push_back({Context::element("column", i),
                        "SQLite keeps 15 digits of a fraction for certain in a column declared as " +
                            target.types[i].native +
                            "; records with more are dirty where they do not fit: " + target.wanted[i].name,
                        "declare the column as TEXT to keep all digits", true});
  }
}

}  // namespace

sql::TableName target_name(const Context& context) {
  const auto tables = context.strings("table");
  auto name = tables.empty() ? std::nullopt : sql::TableName::parse(dialect, sql::trimmed(tables.front()));
  if (!name) throw invalid("table: not a table name");
  return *name;
}

std::optional<Target> resolve_target(Connection& connection, const Context& context, const Schema& input,
                                     sql::Problems& problems) {
  auto table = find_table(connection, target_name(context));
  if (!table) return std::nullopt;
  Target target{.table = std::move(*table)};
  if (target.table.shape.is_view)
    problems.push_back({"table", "a view cannot be written: " + target.table.shape.table, "name a table"});
  const auto columns = sql::parse_target_columns(dialect, context.strings("column"), problems);
  target.written = sql::match_writer_columns(target.table.shape, columns, input, problems);
  if (sql::has_errors(problems)) return target;
  for (size_t i = 0; i < target.written.size(); ++i) {
    target.types.push_back(target.table.types[target.written[i]]);
    target.wanted.add(wanted_field(target, i, input));
  }
  warn_of_precision(target, input, problems);
  target.insert = plan_insert(target.table, target.written, context.string("writeMode", "insert"),
                              context.strings("updateColumn"), problems);
  target.schema_version = schema_version(connection);
  return target;
}

std::string create_table_sql(const Context& context, const Schema& input) {
  sql::Problems problems;
  const auto columns = sql::parse_target_columns(dialect, context.strings("column"), problems);
  const auto names = columns.names();
  std::string sql = "CREATE TABLE " + target_name(context).quoted(dialect) + " (";
  std::vector<std::string> key(input.size());
  size_t keys = 0;
  for (size_t i = 0; i < input.size(); ++i) {
    const std::string name = sql::quote_name(dialect, names.size() == input.size() ? names[i] : input[i].name);
    sql += (i == 0 ? "" : ", ") + name + " " + declaration_for(input[i].type) + (input[i].nullable ? "" : " NOT NULL");
    const std::string position = input[i].meta(SLUICE_META_KEY);
    const size_t at = position.empty() ? 0 : std::stoul(position);
    if (at >= 1 && at <= key.size()) key[at - 1] = name, ++keys;
  }
  // A key of which a part does not arrive is none.
  if (keys > 0 && std::none_of(key.begin(), key.begin() + static_cast<std::ptrdiff_t>(keys),
                               [](const auto& name) { return name.empty(); })) {
    sql += ", PRIMARY KEY (";
    for (size_t i = 0; i < keys; ++i) sql += (i == 0 ? "" : ", ") + key[i];
    sql += ")";
  }
  return sql + ")";
}

}  // namespace sluice::sqlite
