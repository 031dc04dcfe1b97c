// SPDX-License-Identifier: Apache-2.0
// What a database file says about its tables.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sql/quote.hpp"
#include "sql/table_shape.hpp"
#include "sqlite/connection.hpp"
#include "sqlite/declared_type.hpp"

namespace sluice::sqlite {

struct Table {
  std::string schema;  // "main", or the name under which a file is attached
  sql::TableShape shape;
  std::vector<DeclaredType> types;          // of shape.columns
  std::vector<std::string> leading;         // columns that lead an index, the primary key included
  std::optional<size_t> row_number_column;  // the INTEGER PRIMARY KEY: another name for the rowid
  std::string row_number;                   // a name of the rowid that no column hides; "" when there is none
  int64_t root_page = 0;                    // of the table's b-tree; 0 for views
  bool has_triggers = false;

  std::string quoted() const;
  bool leads_an_index(std::string_view column) const;
};

// Tables and views, without SQLite's own.
std::vector<std::string> table_names(Connection& connection);

// Nothing when there is no such table. Names are compared without case.
std::optional<Table> find_table(Connection& connection, const sql::TableName& name);

// `no such table: "orderz" (did you mean "orders"?)`; the way out lists what there is.
std::string no_such_table(Connection& connection, const std::string& name, std::string& advice);

// Changes with every change of the schema.
int64_t schema_version(Connection& connection);

}  // namespace sluice::sqlite
