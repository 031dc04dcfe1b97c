// SPDX-License-Identifier: Apache-2.0
// Divides a table into ranges of an integer key, each small enough for one transaction. Every record is in exactly one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "odbc/connection.hpp"

namespace sluice::odbc {

// What is divided.
struct Divisible {
  std::string label;        // for messages: "orders"
  std::string from, where;  // where: in parentheses, or ""
  std::string key;          // quoted; "": there is none
  std::string key_name;
  bool key_is_nullable = true;
};

struct SplitLimits {
  int64_t records;   // of a split
  int64_t at_least;  // concurrent x splitFactor, where the table is large enough
};

struct PlannedSplit {
  std::string condition;  // "": all
  std::string label;
  int64_t records = -1;
};

// Boundaries are the database's own quantiles (NTILE), equal widths where it has none. Without a key: one split.
std::vector<PlannedSplit> plan_splits(Connection& connection, const Divisible& table, const SplitLimits& limits);

}  // namespace sluice::odbc
