// SPDX-License-Identifier: Apache-2.0
// What a reader reads: tables or queries, all with the same columns.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "odbc/catalog.hpp"
#include "odbc/result_codec.hpp"
#include "odbc/split_key.hpp"
#include "sluice/batch_builder.hpp"
#include "sluice/context.hpp"
#include "sluice/schema.hpp"
#include "sql/problem.hpp"
#include "sql/read_part.hpp"

namespace sluice::odbc {

struct Source : sql::ReadPart {
  std::string query = {};              // as it stands; "" for a table
  std::optional<SplitKey> split = {};  // by whose ranges a table is read
  bool is_stable = false;              // reading it again yields the same records

  std::string statement(const std::string& condition) const {
    return query.empty() ? sql::ReadPart::statement(condition) : query;
  }
};

struct Selection {
  std::vector<Source> sources;
  std::vector<ResultCodec> codecs;
  Schema schema;
  std::shared_ptr<BatchPool> buffers = std::make_shared<BatchPool>();  // of all splits
};

// Looks tables, columns and types up. What is wrong goes to `problems`; the selection is whole when none is an error.
Selection select(const Context& context, Connection& connection, sql::Problems& problems);

}  // namespace sluice::odbc
