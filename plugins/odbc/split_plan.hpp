// SPDX-License-Identifier: Apache-2.0
// Divides a table into ranges of its key, each small enough for one transaction. Every record is in exactly one.
#pragma once

#include <vector>

#include "odbc/split_key.hpp"
#include "sql/split_size.hpp"

namespace sluice::odbc {

// Boundaries are the database's own quantiles. Without a key, or without a way to ask for them: one split.
std::vector<sql::PlannedSplit> plan_splits(Connection& connection, const sql::ReadPart& part,
                                           const std::optional<SplitKey>& key, const sql::SplitLimits& limits);

}  // namespace sluice::odbc
