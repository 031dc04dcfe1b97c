// SPDX-License-Identifier: Apache-2.0
#include "sqlite/target.hpp"

#include <algorithm>

#include "sql/match_columns.hpp"
#include "sql/target_table.hpp"
#include "sqlite/dialect.hpp"

namespace sluice::sqlite {

namespace {

Field wanted_field(const Target& target, size_t position, const Schema& input) {
  const size_t index = target.written[position];
  sql::TableColumn column = target.table.shape.columns[index];
  column.nullable |= target.table.row_number_column == index;
  return sql::wanted_field(column, wanted_type(target.table.types[index], input[position].type), "", -1);
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

// SQLite has five kinds of values.
std::string remark_for(const Field& field) {
  const Type& type = field.type;
  const std::string meta = field.meta(SLUICE_META_TYPE);
  if (type.id == TypeId::uint64 || type.id == TypeId::decimal128 || meta == "decimal")
    return declaration_for(type) == "TEXT" ? "all digits, as text: it sorts and compares as text" : "";
  if (declaration_for(type) == "TEXT" && !type.is_text()) return "as text";
  if (!meta.empty()) return "as text, which is not checked to be a " + meta;
  return field.meta(SLUICE_META_LENGTH).empty() ? "" : "SQLite bears no limit of length";
}

}  // namespace

std::optional<Target> resolve_target(Connection& connection, const Context& context, const Schema& input,
                                     sql::Problems& problems) {
  auto table = find_table(connection, sql::target_name(context, dialect));
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

sql::ColumnType column_type(const Field& field) { return {declaration_for(field.type), remark_for(field)}; }

}  // namespace sluice::sqlite
