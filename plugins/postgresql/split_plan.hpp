// SPDX-License-Identifier: Apache-2.0
// Cuts a table into splits. Boundaries come from the server: quantiles of a sample of blocks, in its own order.
#pragma once

#include <vector>

#include "postgresql/connection.hpp"
#include "postgresql/selection.hpp"
#include "sql/split_size.hpp"

namespace sluice::postgresql {

// Key ranges; without a key blocks of a plain table (not stable: records move); else the whole table.
std::vector<sql::PlannedSplit> plan_splits(Connection& connection, const Selected& part,
                                           const sql::SplitLimits& limits);

}  // namespace sluice::postgresql
