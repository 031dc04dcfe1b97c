// SPDX-License-Identifier: Apache-2.0
// What the driver says about tables.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "odbc/statement.hpp"
#include "sql/problem.hpp"
#include "sql/quote.hpp"
#include "sql/table_shape.hpp"

namespace sluice::odbc {

struct TableInfo {
  sql::TableName name;  // as the job has it, the table as the database spells it
  std::string quoted;
  sql::TableShape shape;
  std::vector<ColumnType> types;             // of shape.columns
  std::vector<std::string> leading_columns;  // those that lead an index
  bool knows_indexes = false;                // the driver answered when it was asked for them
};

// Nothing when there is no such table; what there is instead goes to `problems`, for `path`. Throws when the driver
// cannot be asked.
std::optional<TableInfo> find_table(Connection& connection, const sql::TableName& name, std::string_view path,
                                    sql::Problems& problems);

}  // namespace sluice::odbc
