// SPDX-License-Identifier: Apache-2.0
// The table that is written: looked up, matched with what arrives, and how each column is stored.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sluice/context.hpp"
#include "sql/create_table.hpp"
#include "sqlite/insert_sql.hpp"

namespace sluice::sqlite {

struct Target {
  Table table;
  std::vector<size_t> written;      // indexes into the table's columns, by position
  std::vector<DeclaredType> types;  // of the written columns
  Schema wanted;
  InsertPlan insert;
  int64_t schema_version = 0;
};

// The job's table. Problems are for table, column, writeMode and updateColumn; nothing when there is no such table.
std::optional<Target> resolve_target(Connection& connection, const Context& context, const Schema& input,
                                     sql::Problems& problems);

// What a column that arrives becomes in a new table.
sql::ColumnType column_type(const Field& field);

}  // namespace sluice::sqlite
