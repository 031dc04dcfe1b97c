// SPDX-License-Identifier: Apache-2.0
// The table that is written: what it wants, and the statements that fill it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "postgresql/catalog.hpp"
#include "postgresql/codec.hpp"
#include "sluice/context.hpp"
#include "sluice/schema.hpp"
#include "sql/create_table.hpp"
#include "sql/problem.hpp"

namespace sluice::postgresql {

struct Target {
  TableInfo table;
  std::vector<size_t> written;  // indexes of the table's columns, by position
  std::vector<ColumnCodec> codecs;
  Schema wanted;

  std::string names;        // quoted, of the written columns
  std::string on_conflict;  // " ON CONFLICT ..." or ""
  bool ignores_conflicts = false;
  bool needs_stage = false;  // COPY cannot do it: ON CONFLICT, row security
  bool may_create_temporary = true;
  bool adds_on_rerun = true;  // no key settles a second writing of the same records

  std::string copy_options;  // "(FORMAT binary)"

  // COPY into the table, or into the connection's stage.
  std::string copy() const;
  // What the server calls it in the context of an error.
  std::string copied_table() const;
  // The stage, a temporary table of the connection; then from there into the table.
  std::string create_stage() const;
  std::string merge_stage() const;
  // "INSERT INTO t (a, b) OVERRIDING SYSTEM VALUE "
  std::string insert_head() const;
  // The written columns of the staging table (StagingEncoder), with the types of the target: "convert_from(r.c1 ...".
  std::string converted(const std::string& row) const;
};

// Nothing when there is no such table. What is wrong goes to `problems`.
std::optional<Target> find_target(Connection& connection, const Context& context, const Schema& input,
                                  sql::Problems& problems);

// What a column that arrives becomes in a new table.
sql::ColumnType column_type(const Field& field);

}  // namespace sluice::postgresql
