// SPDX-License-Identifier: Apache-2.0
// Cuts a table into splits. Boundaries come from the server, in its own order and collation.
#pragma once

#include <vector>

#include "mysql/connection.hpp"
#include "mysql/selection.hpp"
#include "sql/split_size.hpp"

namespace sluice::mysql {

// Ranges of the part's key; without one that can be cut, the whole table.
std::vector<sql::PlannedSplit> plan_splits(Connection& connection, const Selected& part,
                                           const sql::SplitLimits& limits);

}  // namespace sluice::mysql
