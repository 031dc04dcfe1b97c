// SPDX-License-Identifier: Apache-2.0
// How many splits a table is cut into.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sluice/context.hpp"

namespace sluice::sql {

struct SplitLimits {
  int64_t records;  // a split should stay below both
  int64_t bytes;
  int64_t at_least;  // splits of a table that is not small
};

// From what the host asks and the job's splitFactor.
SplitLimits split_limits(const Context& context, const SluicePlanRequest& request);

// Of what a job wants of a table; -1: unknown.
struct Estimate {
  int64_t records = -1;
  int64_t bytes = -1;
};

int64_t splits_for(const Estimate& whole, const SplitLimits& limits);

// Below that a split costs more than it brings.
inline constexpr int64_t least_split_bytes = int64_t{1} << 20;

struct PlannedSplit {
  std::string condition;  // SQL; "" for all
  std::string label;
  bool is_stable = true;
  int64_t records = -1;
  int64_t bytes = -1;
};

// One for each range between ascending boundaries, and one for NULLs: key < a | a <= key < b | ... | key >= z.
// `literals` are the boundaries in SQL, `shown` the same for people.
std::vector<PlannedSplit> key_ranges(const std::string& label, const std::string& key, const std::string& quoted_key,
                                     const std::vector<std::string>& literals, const std::vector<std::string>& shown,
                                     bool has_nulls);

}  // namespace sluice::sql
