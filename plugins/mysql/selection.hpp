// SPDX-License-Identifier: Apache-2.0
// What a reader reads: tables or queries of one or more servers, all with the same columns.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mysql/catalog.hpp"
#include "mysql/codec.hpp"
#include "mysql/connection.hpp"
#include "sluice/batch_builder.hpp"
#include "sluice/context.hpp"
#include "sluice/schema.hpp"
#include "sql/connect_all.hpp"
#include "sql/problem.hpp"
#include "sql/read_part.hpp"

namespace sluice::mysql {

struct Selected : sql::ReadPart {
  std::optional<TableInfo> table;  // nothing for a query
  std::string query = {};          // of the user, ready to be sent

  std::string statement(const std::string& condition) const {
    return query.empty() ? sql::ReadPart::statement(condition) : query;
  }
};

struct Selection {
  std::vector<Settings> sources;
  std::vector<Selected> parts;
  std::vector<ColumnCodec> codecs;
  Schema schema;
  std::shared_ptr<BatchPool> buffers = std::make_shared<BatchPool>();  // of all splits
};

using Connections = sql::Connections<Connection>;

// Looks tables, columns and types up. What is wrong goes to `problems`; the selection is whole when none is an error.
Selection select(const Context& context, const Connections& connections, sql::Problems& problems);

}  // namespace sluice::mysql
