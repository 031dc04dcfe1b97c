// SPDX-License-Identifier: Apache-2.0
#include "odbc/catalog.hpp"

#include <algorithm>
#include <cstdlib>

#include "odbc/utf16.hpp"
#include "sql/suggest.hpp"

namespace sluice::odbc {

namespace {

// Catalog, schema and table; "" for what is not said.
struct Place {
  std::string catalog, schema, table, kind;

  std::string text() const { return (schema.empty() ? "" : schema + ".") + table; }
};

// One argument of a catalog function: NULL when it is not said.
class Argument {
 public:
  explicit Argument(std::string text) : bytes_(std::move(text)), units_(wide(bytes_)) {}
  SQLWCHAR* units() { return bytes_.empty() ? nullptr : units_.data(); }
  SQLCHAR* bytes() { return bytes_.empty() ? nullptr : reinterpret_cast<SQLCHAR*>(bytes_.data()); }
  static constexpr SQLSMALLINT size = SQL_NTS;

 private:
  std::string bytes_;
  std::vector<SQLWCHAR> units_;
};

// Where a catalog function looks.
struct Scope {
  Argument catalog, schema, table;
};

std::string text_of(const std::optional<std::string>& value) { return value.value_or(""); }
long number_of(const std::optional<std::string>& value) { return value ? std::strtol(value->c_str(), nullptr, 10) : 0; }

// _ and % in a name stand for themselves.
std::string escaped(const Connection& connection, const std::string& name) {
  const std::string escape = connection.text_info(SQL_SEARCH_PATTERN_ESCAPE);
  std::string out;
  for (const char c : name) out += (c == '_' || c == '%' || escape == std::string(1, c) ? escape : "") + c;
  return out;
}

Place place_of(const Connection& connection, const sql::TableName& name) {
  const auto& parts = name.parts();
  Place place{.table = parts.back()};
  if (parts.size() >= 3) place.catalog = parts[parts.size() - 3];
  if (parts.size() >= 2) {
    auto& front = connection.product().qualifies_by_catalog ? place.catalog : place.schema;
    front = parts[parts.size() - 2];
  }
  // Without it, drivers of MariaDB look into every database.
  if (place.catalog.empty() && connection.product().qualifies_by_catalog)
    place.catalog = connection.text_info(SQL_DATABASE_NAME);
  return place;
}

// Names are patterns to the first two functions, and names to the others.
Scope pattern_of(const Connection& connection, const Place& place) {
  return {Argument(place.catalog), Argument(escaped(connection, place.schema)),
          Argument(escaped(connection, place.table))};
}
Scope scope_of(const Place& place) { return {Argument(place.catalog), Argument(place.schema), Argument(place.table)}; }

std::vector<Place> tables_like(Connection& connection, const Place& place) {
  Statement statement(connection, "look for the table");
  auto [catalog, schema, table] = pattern_of(connection, place);
  constexpr SQLSMALLINT size = Argument::size;
  statement.check(
      connection.is_narrow()
          ? SQLTables(statement.raw(), catalog.bytes(), size, schema.bytes(), size, table.bytes(), size, nullptr, 0)
          : SQLTablesW(statement.raw(), catalog.units(), size, schema.units(), size, table.units(), size, nullptr, 0));
  std::vector<Place> all;
  for (const Row& row : statement.rows()) {
    if (row.size() < 4 || text_of(row[3]).starts_with("SYSTEM")) continue;
    all.push_back({text_of(row[0]), text_of(row[1]), text_of(row[2]), text_of(row[3])});
  }
  return all;
}

// Exact spelling first; otherwise without case, when only one fits.
std::vector<Place> those_named(const std::vector<Place>& all, const std::string& table) {
  std::vector<Place> exact, near;
  for (const auto& place : all) {
    if (place.table == table) exact.push_back(place);
    if (sql::same_name(place.table, table)) near.push_back(place);
  }
  return exact.empty() ? near : exact;
}

void report_missing(Connection& connection, const sql::TableName& name, const std::vector<Place>& all,
                    std::string_view path, sql::Problems& problems) {
  std::vector<std::string> names;
  for (const auto& place : all) names.push_back(name.parts().size() > 1 ? place.text() : place.table);
  problems.push_back(
      {std::string(path),
       "no such table in " + connection.settings().place() + ": " + name.text() + sql::did_you_mean(name.text(), names),
       names.empty() ? "there are no tables that the user may see" : "its tables: " + sql::list_of(names)});
}

void read_columns(Connection& connection, const Place& place, TableInfo& table) {
  Statement statement(connection, "look for columns");
  auto [catalog, schema, name] = pattern_of(connection, place);
  constexpr SQLSMALLINT size = Argument::size;
  statement.check(
      connection.is_narrow()
          ? SQLColumns(statement.raw(), catalog.bytes(), size, schema.bytes(), size, name.bytes(), size, nullptr, 0)
          : SQLColumnsW(statement.raw(), catalog.units(), size, schema.units(), size, name.units(), size, nullptr, 0));
  for (const Row& row : statement.rows()) {
    if (row.size() < 13 || text_of(row[2]) != place.table) continue;
    const std::string automatic = text_of(row[12]);
    table.shape.columns.push_back({.name = text_of(row[3]),
                                   .native_type = text_of(row[5]),
                                   .nullable = number_of(row[10]) != SQL_NO_NULLS,
                                   .has_default = !automatic.empty() && !sql::same_name(automatic, "NULL")});
    table.types.push_back({.sql = static_cast<SQLSMALLINT>(number_of(row[4])),
                           .size = number_of(row[6]),
                           .bytes = number_of(row[7]),
                           .digits = static_cast<int>(number_of(row[8])),
                           .name = text_of(row[5])});
  }
}

// A SELECT's own description knows signs, sizes and identities better; the catalog's names of types are the fuller
// ones.
void refine_types(Connection& connection, TableInfo& table) {
  Statement statement(connection, "describe the table");
  statement.prepare("SELECT * FROM " + table.quoted + " WHERE 1 = 0");
  for (auto& described : statement.describe()) {
    const auto found = table.shape.find(described.name);
    if (!found) continue;
    auto& known = table.types[*found];
    if (!known.name.empty()) described.type.name = known.name;
    known = described.type;
    auto& column = table.shape.columns[*found];
    column.native_type = known.native();
    column.has_default = column.has_default || known.is_automatic;
  }
}

void add_primary_key(TableInfo& table) {
  const auto key = table.shape.primary_key();
  if (key.empty()) return;
  table.shape.keys.insert(table.shape.keys.begin(), {key, true});
  table.leading_columns.push_back(key.front());
}

void read_primary_key(Connection& connection, const Place& place, TableInfo& table) {
  Statement statement(connection, "look for the primary key");
  auto [catalog, schema, name] = scope_of(place);
  constexpr SQLSMALLINT size = Argument::size;
  const SQLRETURN code =
      connection.is_narrow()
          ? SQLPrimaryKeys(statement.raw(), catalog.bytes(), size, schema.bytes(), size, name.bytes(), size)
          : SQLPrimaryKeysW(statement.raw(), catalog.units(), size, schema.units(), size, name.units(), size);
  if (!SQL_SUCCEEDED(code)) return;
  for (const Row& row : statement.rows()) {
    if (row.size() < 5) continue;
    for (auto& column : table.shape.columns)
      if (column.name == text_of(row[3])) column.key = static_cast<int>(number_of(row[4]));
  }
  add_primary_key(table);
}

void read_indexes(Connection& connection, const Place& place, TableInfo& table) {
  Statement statement(connection, "look for indexes");
  auto [catalog, schema, name] = scope_of(place);
  constexpr SQLSMALLINT size = Argument::size;
  const SQLRETURN code = connection.is_narrow() ? SQLStatistics(statement.raw(), catalog.bytes(), size, schema.bytes(),
                                                                size, name.bytes(), size, SQL_INDEX_ALL, SQL_QUICK)
                                                : SQLStatisticsW(statement.raw(), catalog.units(), size, schema.units(),
                                                                 size, name.units(), size, SQL_INDEX_ALL, SQL_QUICK);
  if (!SQL_SUCCEEDED(code)) return;
  table.knows_indexes = true;
  const std::string_view key_index = connection.product().primary_index;
  const bool seeks_key = !key_index.empty() && table.shape.primary_key().empty();
  std::string index;
  for (const Row& row : statement.rows()) {
    if (row.size() < 9 || number_of(row[6]) == SQL_TABLE_STAT || !row[8]) continue;
    const bool unique = number_of(row[3]) == SQL_FALSE, starts = number_of(row[7]) == 1;
    if (starts) table.leading_columns.push_back(*row[8]);
    if (starts && unique) table.shape.keys.push_back({{}, false});
    if (starts) index = text_of(row[5]);
    if (unique && text_of(row[5]) == index && !table.shape.keys.empty())
      table.shape.keys.back().columns.push_back(*row[8]);
    if (!seeks_key || text_of(row[5]) != key_index) continue;
    for (auto& column : table.shape.columns)
      if (column.name == *row[8]) column.key = static_cast<int>(number_of(row[7]));
  }
  if (seeks_key) add_primary_key(table);
}

}  // namespace

std::optional<TableInfo> find_table(Connection& connection, const sql::TableName& name, std::string_view path,
                                    sql::Problems& problems) {
  const Place wanted = place_of(connection, name);
  auto found = those_named(tables_like(connection, wanted), wanted.table);
  if (found.empty()) {
    Place all = wanted;
    all.table.clear();
    const auto others = tables_like(connection, all);
    found = those_named(others, wanted.table);
    if (found.empty()) report_missing(connection, name, others, path, problems);
  }
  if (found.empty()) return std::nullopt;
  if (found.size() > 1) {
    std::vector<std::string> names;
    for (const auto& place : found) names.push_back(place.text());
    problems.push_back({std::string(path), "several tables have this name: " + sql::list_of(names),
                        "write the one that is meant, with its schema"});
    return std::nullopt;
  }
  TableInfo table;
  auto parts = name.parts();
  parts.back() = found[0].table;
  table.name = sql::TableName(std::move(parts));
  table.quoted = table.name.quoted(connection.dialect());
  table.shape.table = table.name.text();
  table.shape.is_view = found[0].kind.find("VIEW") != std::string::npos;
  read_columns(connection, found[0], table);
  refine_types(connection, table);
  read_primary_key(connection, found[0], table);
  read_indexes(connection, found[0], table);
  return table;
}

}  // namespace sluice::odbc
