// SPDX-License-Identifier: Apache-2.0
// A column by whose ranges a table is read, and the boundaries between them: the database sorts, counts and writes the
// literals, so that they are in its own order and collation.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "odbc/catalog.hpp"
#include "sql/read_part.hpp"
#include "sql/split_size.hpp"

namespace sluice::odbc {

struct SplitKey {
  std::string name, quoted;
  std::string literal = {};    // SQL of a key's literal; {} stands for the column
  std::string condition = {};  // what a key must meet to be a boundary; {} stands for the column; "": nothing
  bool is_readable = true;     // by people, as the driver reads it
  bool is_nullable = true;
};

// Nothing when the database cannot be asked for the order of such a column and for literals of its type.
std::optional<SplitKey> split_key(const Connection& connection, const TableInfo& table, const std::string& column);

// The keys of the part at `places`, counted from 1 over all that are not NULL. Nothing when the database does not sort
// such keys, or has no ROW_NUMBER().
std::optional<sql::KeyBoundaries> keys_at(Connection& connection, const sql::ReadPart& part, const SplitKey& key,
                                          const std::vector<int64_t>& places);

}  // namespace sluice::odbc
