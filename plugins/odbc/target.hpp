// SPDX-License-Identifier: Apache-2.0
// The table that is written: what it wants, and the statement that fills it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "odbc/catalog.hpp"
#include "odbc/parameter_codec.hpp"
#include "sluice/context.hpp"
#include "sluice/extension.hpp"
#include "sluice/schema.hpp"
#include "sql/problem.hpp"

namespace sluice::odbc {

struct Target {
  TableInfo table;
  std::vector<size_t> written;  // indexes of the table's columns, by position
  std::vector<ParameterCodec> codecs;
  Schema wanted;
  std::string insert;  // INSERT INTO t (a, b) VALUES (?, ?)
};

// Nothing when there is no such table. What is wrong goes to `problems`.
std::optional<Target> find_target(Connection& connection, const Context& context, const Schema& input,
                                  sql::Problems& problems);

// CREATE TABLE for records that arrive, with the job's names for its columns and the types that the driver offers
// (sluice.ddl/1).
void create_table(Connection& connection, const Context& context, const Schema& input, const TextSink& sink);

}  // namespace sluice::odbc
