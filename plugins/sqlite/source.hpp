// SPDX-License-Identifier: Apache-2.0
// One table or query that is read, and the type of each column.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sql/column_list.hpp"
#include "sql/problem.hpp"
#include "sqlite/catalog.hpp"
#include "sqlite/snapshot.hpp"
#include "sqlite/split_plan.hpp"

namespace sluice::sqlite {

struct Source {
  std::shared_ptr<Snapshot> file;
  std::string path;
  std::string name;                 // for messages and keys: the table, or "query"
  std::optional<Table> table = {};  // nothing: a query
  std::optional<SplitColumn> split_column = {};
  std::string query = {};                 // of a query: as it stands
  std::vector<std::string> columns = {};  // SQL of each
  std::string where = {};                 // in parentheses, or ""
  std::vector<Field> fields = {};
  std::vector<DeclaredType> types = {};

  // The statement that reads one range. `function`: as the one argument list of a function instead of columns.
  std::string select(const KeyRange& range, std::string_view function = {}) const;
};

// Looks the table up, matches the columns and prepares the SELECT. Problems are for `table_path`, `column`, `where`.
void resolve_table(Connection& connection, const sql::TableName& name, std::string_view table_path,
                   const sql::ColumnList& columns, Source& source, sql::Problems& problems);

// The columns of a query, by their declared types.
void resolve_query(Connection& connection, std::string_view query_path, Source& source, sql::Problems& problems);

// All sources of a job have one shape: what differs from the first is a problem.
void compare_shapes(const Source& first, const Source& other, std::string_view path, sql::Problems& problems);

}  // namespace sluice::sqlite
