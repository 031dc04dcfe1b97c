// SPDX-License-Identifier: Apache-2.0
// What the server's catalogue says about a table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mysql/connection.hpp"
#include "sql/quote.hpp"
#include "sql/table_shape.hpp"

namespace sluice::mysql {

// A column's type as the catalogue has it.
struct ServerType {
  std::string name;    // "bigint", "varchar", "json" where the server checks for it
  std::string native;  // "bigint(20) unsigned", "enum('a','b')"
  bool is_unsigned = false;
  int64_t length = -1;             // characters of texts, bytes of binary ones; -1: not applicable
  int precision = 0, scale = 0;    // of decimals and bits
  int digits = 0;                  // after the seconds
  std::string character_set = {};  // "" when it is no text
};

struct Index {
  std::string name;
  bool is_unique = false;
  bool is_sorted = true;  // no hash, full text or spatial one
  std::vector<std::string> columns = {};
  bool has_prefixes = false;  // only the first letters of a column, or an expression: no ranges, no uniqueness
};

struct TableInfo {
  sql::TableName name;  // as the job has it
  std::string schema, relation;
  std::string quoted;  // database and table
  std::string engine = {};
  bool is_view = false;
  sql::TableShape shape;
  std::vector<ServerType> types;    // of shape.columns
  std::vector<Index> indexes;       // primary first
  std::string auto_increment = {};  // the column that has it

  bool is_transactional() const { return engine == "InnoDB" || engine == "RocksDB" || engine == "TokuDB"; }
  // The first index that can be read in ranges of the column; null when there is none.
  const Index* leading_index(std::string_view column) const;
  std::vector<std::string> leading_columns() const;
};

// The server's estimates.
struct TableSize {
  int64_t records = -1;
  int64_t bytes = 0;
};

// Nothing when there is no such table, or the user may not know of it. Throws when the catalogue cannot be asked.
std::optional<TableInfo> find_table(Connection& connection, const sql::TableName& name);

TableSize size_of_table(Connection& connection, const TableInfo& table);

// Tables and views of the database that the user may see, for "did you mean".
std::vector<std::string> names_of_tables(Connection& connection);

}  // namespace sluice::mysql
