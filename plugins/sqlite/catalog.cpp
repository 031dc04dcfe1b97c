// SPDX-License-Identifier: Apache-2.0
#include "sqlite/catalog.hpp"

#include <algorithm>

#include "sql/suggest.hpp"
#include "sqlite/dialect.hpp"

namespace sluice::sqlite {

namespace {

constexpr const char* doing = "read the schema";

struct Listed {
  std::string schema, name, kind;
  bool without_rowid = false, strict = false;
};

std::optional<Listed> look_up(Connection& connection, const sql::TableName& name) {
  auto statement = connection.prepare(
      "SELECT schema, name, type, wr, strict FROM pragma_table_list "
      "WHERE name = ?1 COLLATE NOCASE AND (?2 = '' OR schema = ?2 COLLATE NOCASE) AND type <> 'shadow' "
      "ORDER BY schema = 'temp' DESC, schema = 'main' DESC LIMIT 1",
      doing);
  const std::string schema = name.schema();
  statement.bind(1, name.table()).bind(2, schema);
  if (!statement.step()) return std::nullopt;
  return Listed{statement.text(0), statement.text(1), statement.text(2), statement.integer(3) != 0,
                statement.integer(4) != 0};
}

void read_columns(Connection& connection, const Listed& listed, Table& table) {
  auto statement = connection.prepare(
      "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?1, ?2) WHERE hidden <> 1",
      doing);
  statement.bind(1, listed.name).bind(2, listed.schema);
  while (statement.step()) {
    table.shape.columns.push_back({.name = statement.text(0),
                                   .native_type = statement.text(1),
                                   .nullable = statement.integer(2) == 0,
                                   .has_default = !statement.is_null(3),
                                   .generated = statement.integer(5) >= 2,
                                   .key = static_cast<int>(statement.integer(4))});
    table.types.push_back(declared_type(statement.text(1), listed.strict));
  }
}

// The columns of an index, empty when one is an expression.
std::vector<std::string> index_columns(Connection& connection, const std::string& schema, const std::string& index) {
  auto statement = connection.prepare("SELECT cid, name FROM pragma_index_xinfo(?1, ?2) WHERE key = 1", doing);
  statement.bind(1, index).bind(2, schema);
  std::vector<std::string> columns;
  bool plain = true;
  while (statement.step()) {
    plain = plain && statement.integer(0) >= 0;
    columns.push_back(statement.text(1));
  }
  if (!plain) columns.clear();
  return columns;
}

// Answers whether the primary key has an index of its own.
bool read_indexes(Connection& connection, const Listed& listed, Table& table) {
  bool key_index = false;
  auto statement = connection.prepare("SELECT name, \"unique\", origin, partial FROM pragma_index_list(?1, ?2)", doing);
  statement.bind(1, listed.name).bind(2, listed.schema);
  while (statement.step()) {
    const bool primary = statement.text(2) == "pk";
    key_index = key_index || primary;
    if (statement.integer(3) != 0) continue;
    auto columns = index_columns(connection, listed.schema, statement.text(0));
    if (columns.empty()) continue;
    table.leading.push_back(columns.front());
    if (statement.integer(1) != 0 && !primary) table.shape.keys.push_back({std::move(columns), false});
  }
  return key_index;
}

void find_row_number(const Listed& listed, bool key_index, Table& table) {
  const auto key = table.shape.primary_key();
  if (!key.empty()) {
    table.shape.keys.insert(table.shape.keys.begin(), {key, true});
    table.leading.push_back(key.front());
  }
  if (listed.without_rowid || listed.kind != "table") return;
  if (key.size() == 1 && !key_index) {
    const size_t column = *table.shape.find(key.front());
    if (sql::same_name(table.shape.columns[column].native_type, "INTEGER")) {
      table.row_number_column = column;
      table.shape.columns[column].has_default = true;
    }
  }
  for (const char* name : {"rowid", "_rowid_", "oid"})
    if (table.row_number.empty() && !table.shape.find(name)) table.row_number = name;
  if (table.row_number_column) table.row_number = table.shape.columns[*table.row_number_column].name;
}

void read_storage(Connection& connection, const Listed& listed, Table& table) {
  auto statement = connection.prepare("SELECT type, rootpage FROM " + sql::quote_name(dialect, listed.schema) +
                                          ".sqlite_schema WHERE (type = 'table' AND name = ?1) OR (type = 'trigger' "
                                          "AND tbl_name = ?1 COLLATE NOCASE)",
                                      doing);
  statement.bind(1, listed.name);
  while (statement.step()) {
    if (statement.text(0) == "trigger") table.has_triggers = true;
    if (statement.text(0) == "table" && !listed.without_rowid) table.root_page = statement.integer(1);
  }
}

}  // namespace

std::string Table::quoted() const {
  return (schema == "main" ? "" : sql::quote_name(dialect, schema) + ".") + sql::quote_name(dialect, shape.table);
}

bool Table::leads_an_index(std::string_view column) const {
  return std::any_of(leading.begin(), leading.end(), [&](const auto& name) { return sql::same_name(name, column); });
}

std::vector<std::string> table_names(Connection& connection) {
  return connection.session().strings(
      "SELECT name FROM pragma_table_list WHERE type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite\\_%' "
      "ESCAPE '\\' AND schema <> 'temp' ORDER BY name",
      doing);
}

std::optional<Table> find_table(Connection& connection, const sql::TableName& name) {
  const auto listed = look_up(connection, name);
  if (!listed) return std::nullopt;
  Table table;
  table.schema = listed->schema;
  table.shape.table = listed->name;
  table.shape.is_view = listed->kind == "view";
  read_columns(connection, *listed, table);
  find_row_number(*listed, read_indexes(connection, *listed, table), table);
  read_storage(connection, *listed, table);
  return table;
}

std::string no_such_table(Connection& connection, const std::string& name, std::string& advice) {
  const auto names = table_names(connection);
  advice = names.empty() ? "the database has no tables" : "its tables: " + sql::list_of(names);
  return "no such table in " + connection.path() + ": \"" + name + "\"" + sql::did_you_mean(name, names);
}

int64_t schema_version(Connection& connection) { return connection.number("PRAGMA schema_version", doing); }

}  // namespace sluice::sqlite
