// SPDX-License-Identifier: Apache-2.0
// Cuts a table into splits. Boundaries come from the server: quantiles of a sample of blocks, in its own order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "postgresql/connection.hpp"
#include "postgresql/selection.hpp"

namespace sluice::postgresql {

struct PlannedSplit {
  std::string condition;  // SQL; "" for all
  std::string label;
  bool is_stable = true;
  int64_t records = -1;
  int64_t bytes = -1;
};

struct SplitLimits {
  int64_t records;  // a split should stay below both
  int64_t bytes;
  int64_t at_least;  // splits of a table that is not small
};

// Key ranges; without a key blocks of a plain table (not stable: records move); else the whole table.
std::vector<PlannedSplit> plan_splits(Connection& connection, const Selected& part, const SplitLimits& limits);

}  // namespace sluice::postgresql
