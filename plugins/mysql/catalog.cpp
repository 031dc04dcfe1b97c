// SPDX-License-Identifier: Apache-2.0
#include "mysql/catalog.hpp"

#include <algorithm>

#include "mysql/dialect.hpp"

namespace sluice::mysql {

namespace {

constexpr const char* table_sql =
    "SELECT CAST(TABLE_SCHEMA AS CHAR), CAST(TABLE_NAME AS CHAR), CAST(TABLE_TYPE AS CHAR),"
    " CAST(COALESCE(ENGINE, '') AS CHAR) FROM information_schema.TABLES"
    " WHERE TABLE_SCHEMA = COALESCE(NULLIF(:p1, ''), DATABASE()) AND TABLE_NAME = :p2"
    " ORDER BY BINARY TABLE_NAME = BINARY :p2 DESC";

constexpr const char* column_sql =
    "SELECT CAST(COLUMN_NAME AS CHAR), CAST(DATA_TYPE AS CHAR), CAST(COLUMN_TYPE AS CHAR(10000)),"
    " CAST(IS_NULLABLE AS CHAR), CAST(COLUMN_DEFAULT IS NOT NULL AS CHAR), CAST(EXTRA AS CHAR),"
    " CAST(COALESCE(CHARACTER_MAXIMUM_LENGTH, -1) AS CHAR), CAST(COALESCE(NUMERIC_PRECISION, 0) AS CHAR),"
    " CAST(COALESCE(NUMERIC_SCALE, 0) AS CHAR), CAST(COALESCE(DATETIME_PRECISION, 0) AS CHAR),"
    " CAST(COALESCE(CHARACTER_SET_NAME, '') AS CHAR), CAST(COALESCE(GENERATION_EXPRESSION, '') <> '' AS CHAR)"
    " FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = :p1 AND TABLE_NAME = :p2 ORDER BY ORDINAL_POSITION";

// MariaDB's json is a text with a check.
constexpr const char* json_sql =
    "SELECT CAST(CONSTRAINT_NAME AS CHAR) FROM information_schema.CHECK_CONSTRAINTS"
    " WHERE CONSTRAINT_SCHEMA = :p1 AND TABLE_NAME = :p2 AND LEVEL = 'Column'"
    "  AND CHECK_CLAUSE = CONCAT('json_valid(`', REPLACE(CONSTRAINT_NAME, '`', '``'), '`)')";

// One row a column of an index. Functional ones have no column.
constexpr const char* index_sql =
    "SELECT CAST(INDEX_NAME AS CHAR), CAST(NON_UNIQUE = 0 AS CHAR), CAST(INDEX_TYPE AS CHAR),"
    " CAST(COALESCE(COLUMN_NAME, '') AS CHAR), CAST(SUB_PART IS NOT NULL OR COLUMN_NAME IS NULL AS CHAR)"
    " FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = :p1 AND TABLE_NAME = :p2"
    " ORDER BY INDEX_NAME = 'PRIMARY' DESC, INDEX_NAME, SEQ_IN_INDEX";

constexpr const char* size_sql =
    "SELECT CAST(TABLE_ROWS AS CHAR), CAST(DATA_LENGTH AS CHAR) FROM information_schema.TABLES"
    " WHERE TABLE_SCHEMA = :p1 AND TABLE_NAME = :p2";

const std::string& text(const std::optional<std::string>& value) {
  static const std::string nothing;
  return value ? *value : nothing;
}
bool is_true(const std::optional<std::string>& value) { return value && *value == "1"; }
bool has_word(const std::string& text, std::string_view word) { return text.find(word) != std::string::npos; }

ServerType type_of(const Row& row) {
  return {.name = text(row[1]),
          .native = text(row[2]),
          .is_unsigned = has_word(text(row[2]), " unsigned"),
          .length = std::stoll(text(row[6])),
          .precision = std::stoi(text(row[7])),
          .scale = std::stoi(text(row[8])),
          .digits = std::stoi(text(row[9])),
          .character_set = text(row[10])};
}

void read_columns(Connection& connection, TableInfo& table) {
  for (const Row& row : connection.rows(column_sql, {table.schema, table.relation})) {
    const std::string& extra = text(row[5]);
    const bool counts_up = has_word(extra, "auto_increment");
    const bool nullable = text(row[3]) == "YES";
    // MySQL says "DEFAULT_GENERATED" for CURRENT_TIMESTAMP; MariaDB says the default "NULL" of a nullable column.
    table.shape.columns.push_back({.name = text(row[0]),
                                   .native_type = text(row[2]),
                                   .nullable = nullable,
                                   .has_default = is_true(row[4]) || counts_up || has_word(extra, "DEFAULT_GENERATED"),
                                   .generated = is_true(row[11])});
    table.types.push_back(type_of(row));
    if (counts_up) table.auto_increment = text(row[0]);
  }
}

// Only MariaDB has the view in this form; MySQL has a json of its own.
void find_json(Connection& connection, TableInfo& table) {
  if (!connection.is_mariadb()) return;
  for (const Row& row : connection.rows(json_sql, {table.schema, table.relation}))
    if (const auto column = table.shape.find(text(row[0]))) table.types[*column].name = "json";
}

void read_indexes(Connection& connection, TableInfo& table) {
  for (const Row& row : connection.rows(index_sql, {table.schema, table.relation})) {
    if (table.indexes.empty() || table.indexes.back().name != text(row[0]))
      table.indexes.push_back(
          {.name = text(row[0]), .is_unique = is_true(row[1]), .is_sorted = text(row[2]) == "BTREE"});
    table.indexes.back().columns.push_back(text(row[3]));
    table.indexes.back().has_prefixes |= is_true(row[4]);
  }
  for (const Index& index : table.indexes) {
    if (!index.is_unique || index.has_prefixes) continue;
    table.shape.keys.push_back({index.columns, index.name == "PRIMARY"});
    for (size_t i = 0; index.name == "PRIMARY" && i < index.columns.size(); ++i)
      if (const auto column = table.shape.find(index.columns[i]))
        table.shape.columns[*column].key = static_cast<int>(i) + 1;
  }
}

}  // namespace

const Index* TableInfo::leading_index(std::string_view column) const {
  const auto leads = [&](const Index& index) {
    return index.is_sorted && !index.has_prefixes && index.columns.front() == column;
  };
  const auto found = std::find_if(indexes.begin(), indexes.end(), leads);
  return found == indexes.end() ? nullptr : &*found;
}

std::vector<std::string> TableInfo::leading_columns() const {
  std::vector<std::string> columns;
  for (const Index& index : indexes) {
    const std::string& first = index.columns.front();
    if (leading_index(first) != nullptr && std::find(columns.begin(), columns.end(), first) == columns.end())
      columns.push_back(first);
  }
  return columns;
}

std::optional<TableInfo> find_table(Connection& connection, const sql::TableName& name) {
  const Rows found = connection.rows(table_sql, {name.schema(), name.table()});
  if (found.empty()) return std::nullopt;
  const Row& row = found[0];
  TableInfo table;
  table.name = name;
  table.schema = text(row[0]);
  table.relation = text(row[1]);
  table.quoted = quote_name(table.schema) + "." + quote_name(table.relation);
  table.is_view = has_word(text(row[2]), "VIEW");
  table.engine = text(row[3]);
  table.shape.table = name.text();
  table.shape.is_view = table.is_view;
  read_columns(connection, table);
  find_json(connection, table);
  read_indexes(connection, table);
  return table;
}

TableSize size_of_table(Connection& connection, const TableInfo& table) {
  const Rows found = connection.rows(size_sql, {table.schema, table.relation});
  TableSize size;
  if (found.empty()) return size;
  if (found[0][0]) size.records = std::stoll(*found[0][0]);
  if (found[0][1]) size.bytes = std::stoll(*found[0][1]);
  return size;
}

std::vector<std::string> names_of_tables(Connection& connection) {
  std::vector<std::string> names;
  for (const Row& row : connection.rows("SELECT CAST(TABLE_NAME AS CHAR) FROM information_schema.TABLES"
                                        " WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1 LIMIT 1000"))
    names.push_back(text(row[0]));
  return names;
}

}  // namespace sluice::mysql
