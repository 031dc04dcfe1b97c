// SPDX-License-Identifier: Apache-2.0
// The statement that writes a batch.
#pragma once

#include <string>
#include <vector>

#include "sql/problem.hpp"
#include "sqlite/catalog.hpp"

namespace sluice::sqlite {

struct InsertPlan {
  std::string sql;
  bool skips_conflicts = false;  // rows that it does not write are there already
  bool updates = false;          // rows that are there may change
};

// `written` are indexes into the table's columns, `mode` is writeMode, `updates` is updateColumn. writeMode update
// needs a key all of whose columns are written: the primary key, or the first unique one.
InsertPlan plan_insert(const Table& table, const std::vector<size_t>& written, const std::string& mode,
                       const std::vector<std::string>& updates, sql::Problems& problems);

// Is there a key all of whose columns are written? Without one, the same records can be added twice.
bool writes_a_key(const Table& table, const std::vector<size_t>& written);

}  // namespace sluice::sqlite
