// SPDX-License-Identifier: Apache-2.0
#include "sqlite/source.hpp"

#include <algorithm>

#include "sql/match_columns.hpp"
#include "sql/select.hpp"
#include "sql/statements.hpp"
#include "sql/suggest.hpp"
#include "sqlite/dialect.hpp"

namespace sluice::sqlite {

namespace {

Field field_of(const std::string& name, const DeclaredType& declared) {
  Field field{name, declared.type()};
  if (!declared.native.empty()) field = field.with(SLUICE_META_NATIVE, declared.native);
  if (const std::string logical = declared.logical(); !logical.empty()) field = field.with(SLUICE_META_TYPE, logical);
  return field;
}

DeclaredType constant_type(const std::string& sql) {
  if (sql::same_name(sql, "true") || sql::same_name(sql, "false")) return {.kind = Kind::boolean};
  const bool digits =
      std::all_of(sql.begin() + (sql[0] == '-' ? 1 : 0), sql.end(), [](char c) { return c >= '0' && c <= '9'; });
  return {.kind = digits && sql.size() < 19 ? Kind::integer : Kind::any};
}

void add_column(const sql::ColumnEntry& entry, bool from_star, Source& source) {
  const Table& table = *source.table;
  DeclaredType declared;
  Field field;
  if (const auto found = entry.kind == sql::ColumnKind::name ? table.shape.find(entry.name) : std::nullopt) {
    const auto& column = table.shape.columns[*found];
    declared = table.types[*found];
    field = field_of(column.name, declared);
    field.nullable = column.nullable && table.row_number_column != found;
    if (column.key > 0) field = field.with(SLUICE_META_KEY, std::to_string(column.key));
  } else {
    if (entry.kind == sql::ColumnKind::constant) declared = constant_type(entry.sql);
    field = field_of(entry.text, declared);
  }
  if (from_star) field = field.with(SLUICE_META_ALL, "1");
  source.columns.push_back(entry.sql);
  source.types.push_back(std::move(declared));
  source.fields.push_back(std::move(field));
}

// SQLite's own opinion, before anything runs.
void try_select(Connection& connection, Source& source, const std::string& where, const char* path,
                sql::Problems& problems) {
  try {
    const auto statement =
        connection.prepare(sql::build_select({source.columns, source.table->quoted(), {where}}), "prepare");
    if (sqlite3_bind_parameter_count(statement.raw()) > 0)
      problems.push_back({path, "a parameter (?, :name, @name) that nothing fills", "write the value itself"});
  } catch (const Error& error) {
    if (error.code() != SLUICE_INVALID) throw;
    problems.push_back({path, sqlite3_errmsg(connection.native())});
  }
}

}  // namespace

std::string Source::select(const KeyRange& range, std::string_view function) const {
  if (!table) return query;
  sql::Select parts{columns, table->quoted(), {where, split_column ? range.condition(*split_column) : std::string()}};
  if (function.empty()) return sql::build_select(parts);
  std::string call(function);
  for (size_t i = 0; i < columns.size(); ++i) call += (i == 0 ? "(" : ", ") + columns[i];
  parts.columns = {call + ")"};
  return sql::build_select(parts);
}

void resolve_table(Connection& connection, const sql::TableName& name, std::string_view table_path,
                   const sql::ColumnList& columns, Source& source, sql::Problems& problems) {
  source.table = find_table(connection, name);
  if (!source.table) {
    std::string advice;
    const std::string message = no_such_table(connection, name.text(), advice);
    problems.push_back({std::string(table_path), message, advice});
    return;
  }
  source.name = source.table->shape.table;
  const size_t before = problems.size();
  sql::ColumnList matched = columns;
  sql::match_reader_columns(dialect, source.table->shape, matched, problems);
  if (problems.size() != before) return;
  for (const auto& entry : matched.entries) add_column(entry, columns.all, source);
  try_select(connection, source, "", "column", problems);
  if (problems.size() == before && !source.where.empty())
    try_select(connection, source, source.where, "where", problems);
}

void resolve_query(Connection& connection, std::string_view query_path, Source& source, sql::Problems& problems) {
  const auto statements = sql::split_statements(dialect, source.query);
  if (statements.size() != 1) {
    problems.push_back({std::string(query_path), "not one statement: " + std::to_string(statements.size()),
                        "write one SELECT; list several queries as an array"});
    return;
  }
  source.query = statements.front();
  try {
    const auto statement = connection.prepare(source.query, "prepare");
    if (sqlite3_stmt_readonly(statement.raw()) == 0 || sqlite3_column_count(statement.raw()) == 0)
      problems.push_back({std::string(query_path), "a query that does not just read", "write a SELECT"});
    if (sqlite3_bind_parameter_count(statement.raw()) > 0)
      problems.push_back(
          {std::string(query_path), "a parameter (?, :name, @name) that nothing fills", "write the value itself"});
    for (int i = 0; i < sqlite3_column_count(statement.raw()); ++i) {
      const char* declaration = sqlite3_column_decltype(statement.raw(), i);
      source.types.push_back(declared_type(declaration == nullptr ? "" : declaration));
      source.fields.push_back(field_of(sqlite3_column_name(statement.raw(), i), source.types.back()));
    }
  } catch (const Error& error) {
    if (error.code() != SLUICE_INVALID) throw;
    problems.push_back({std::string(query_path), sqlite3_errmsg(connection.native())});
  }
}

void compare_shapes(const Source& first, const Source& other, std::string_view path, sql::Problems& problems) {
  if (first.fields.size() != other.fields.size()) {
    problems.push_back({std::string(path),
                        "unequal numbers of columns: " + first.name + " has " + std::to_string(first.fields.size()) +
                            ", " + other.name + " has " + std::to_string(other.fields.size()),
                        "all that one job reads has one shape"});
    return;
  }
  for (size_t i = 0; i < first.fields.size(); ++i) {
    if (first.fields[i].type == other.fields[i].type && sql::same_name(first.fields[i].name, other.fields[i].name))
      continue;
    const auto said = [&](const Source& source) {
      return source.fields[i].name + " " + source.types[i].native + " in " + source.name;
    };
    problems.push_back({std::string(path),
                        "column " + std::to_string(i + 1) + " differs: " + said(first) + ", " + said(other),
                        "all that one job reads has one shape"});
  }
}

}  // namespace sluice::sqlite
