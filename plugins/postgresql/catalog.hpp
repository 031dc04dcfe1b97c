// SPDX-License-Identifier: Apache-2.0
// What the server's catalogue says about a table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "postgresql/codec.hpp"
#include "postgresql/connection.hpp"
#include "sql/quote.hpp"
#include "sql/table_shape.hpp"

namespace sluice::postgresql {

struct TableInfo {
  sql::TableName name;        // as the job has it
  std::string relation = {};  // its name alone
  std::string quoted;         // schema and table, whatever the search path
  uint32_t oid = 0;
  char kind = 'r';       // relkind: r(able), p(artitioned), v(iew), m(aterialized view), f(oreign)
  bool is_heap = false;  // block ranges mean something
  sql::TableShape shape;
  std::vector<ServerType> types;             // of shape.columns
  std::vector<std::string> identities;       // columns whose sequence is the table's own
  std::vector<std::string> leading_columns;  // those that lead an ordered index
  bool has_deferrable_constraints = false;

  bool is_view() const { return kind == 'v' || kind == 'f'; }
};

// Sizes on disk now. Partitions are summed up.
struct TableSize {
  int64_t blocks = 0;    // of the table alone
  int64_t bytes = 0;     // with what is stored out of line
  int64_t records = -1;  // estimate of the last ANALYZE, scaled to the present size; -1: unknown
};

// Nothing when there is no such table. Throws when the catalogue cannot be asked.
std::optional<TableInfo> find_table(Connection& connection, const sql::TableName& name);

TableSize size_of_table(Connection& connection, const TableInfo& table);

// Tables that the user may see, for "did you mean"; those of the search path without their schema.
std::vector<std::string> names_of_tables(Connection& connection);

// The result types of a query; nothing is executed.
struct ResultColumn {
  std::string name;
  ServerType type;
};
std::vector<ResultColumn> describe_query(Connection& connection, const std::string& query, std::string_view doing);

}  // namespace sluice::postgresql
