// SPDX-License-Identifier: Apache-2.0
// How many splits a table is cut into, and where.
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
  int64_t lanes = 1;
};

// From what the host asks and the job's splitFactor.
SplitLimits split_limits(const Context& context, const SluicePlanRequest& request);

// Of what a job wants of a table; -1: unknown.
struct Estimate {
  int64_t records = -1;
  int64_t bytes = -1;
};

int64_t splits_for(const Estimate& whole, const SplitLimits& limits);

// split_shares() of a table of which a quarter of a split is worth one.
std::vector<double> cuts(int64_t count, const Estimate& whole, const SplitLimits& limits);

// Below that a split costs more than it brings.
inline constexpr int64_t least_split_bytes = int64_t{1} << 20;

struct PlannedSplit {
  std::string condition;  // SQL; "" for all
  std::string label;
  bool is_stable = true;
  int64_t records = -1;
  int64_t bytes = -1;
};

struct KeyBoundaries {
  std::vector<std::string> literals = {};  // in SQL, ascending, each once
  std::vector<std::string> shown = {};     // the same for people
  std::vector<double> shares = {};         // of the records that lie before each; empty: they lie evenly

  bool empty() const { return literals.empty(); }
  void add(std::string literal, std::string text, double share);
  // Of the records before range `i`; 1 when there is no such range any more.
  double share_before(size_t i) const;
};

// -1 of what is not known.
int64_t part_of(int64_t total, double share);

// One for each range between boundaries, and one for NULLs: key < a | a <= key < b | ... | key >= z.
std::vector<PlannedSplit> key_ranges(const std::string& label, const std::string& key, const std::string& quoted_key,
                                     const KeyBoundaries& boundaries, bool has_nulls, const Estimate& whole);

}  // namespace sluice::sql
