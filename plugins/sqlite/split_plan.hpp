// SPDX-License-Identifier: Apache-2.0
// Divides a table into ranges of a key, each small enough for one transaction. Every record is in exactly one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sluice/context.hpp"
#include "sql/split_size.hpp"
#include "sqlite/table_size.hpp"

namespace sluice::sqlite {

struct SplitColumn {
  std::string name;
  bool nullable = false;
  bool is_row_number = false;
  bool is_stable = true;  // false: a rowid without a column of its own; VACUUM gives new ones
};

// lower <= key < upper, both as SQL literals; the first range holds the NULL keys too.
struct KeyRange {
  std::optional<std::string> lower, upper;
  int64_t records = -1, bytes = -1;

  // "" for the whole table.
  std::string condition(const SplitColumn& column) const;
  std::string label(const SplitColumn& column) const;
};

// The column that `split_pk` ("": none) names, or the table's own; nothing when the table is read in one piece. A
// column that leads no index is a warning and not used, one that is not there a problem.
std::optional<SplitColumn> split_column(const Table& table, const std::string& split_pk, const Context& context);

std::vector<KeyRange> plan_ranges(Connection& connection, const Table& table, const std::optional<SplitColumn>& column,
                                  const sql::SplitLimits& limits);

}  // namespace sluice::sqlite
