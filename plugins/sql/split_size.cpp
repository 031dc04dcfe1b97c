// SPDX-License-Identifier: Apache-2.0
#include "sql/split_size.hpp"

#include <algorithm>

namespace sluice::sql {

namespace {

constexpr int64_t least_records = 8192;

int64_t divided(int64_t total, int64_t size) { return total <= 0 ? 0 : (total + size - 1) / size; }

// Whole characters only.
std::string shortened(const std::string& value) {
  if (value.size() <= 40) return value;
  size_t length = 37;
  while (length > 0 && (value[length] & 0xC0) == 0x80) --length;
  return value.substr(0, length) + "...";
}

}  // namespace

SplitLimits split_limits(const Context& context, const SluicePlanRequest& request) {
  const auto factor = context.integer("splitFactor", 5);
  return {.records = std::max<int64_t>(1, static_cast<int64_t>(request.target_records)),
          .bytes = std::max<int64_t>(1, static_cast<int64_t>(request.target_bytes)),
          .at_least = request.lanes > 1 ? factor * request.lanes : 1};
}

int64_t splits_for(const Estimate& whole, const SplitLimits& limits) {
  const int64_t needed = std::max(divided(whole.bytes, limits.bytes), divided(whole.records, limits.records));
  const int64_t by_bytes = whole.bytes < 0 ? limits.at_least : whole.bytes / least_split_bytes;
  const int64_t by_records = whole.records < 0 ? limits.at_least : whole.records / least_records;
  const int64_t sensible = whole.bytes < 0 && whole.records < 0 ? 1 : std::min({limits.at_least, by_bytes, by_records});
  return std::clamp<int64_t>(std::max(needed, sensible), 1, 100'000);
}

std::vector<PlannedSplit> key_ranges(const std::string& label, const std::string& key, const std::string& quoted_key,
                                     const std::vector<std::string>& literals, const std::vector<std::string>& shown,
                                     bool has_nulls) {
  std::vector<PlannedSplit> splits;
  for (size_t i = 0; i <= literals.size(); ++i) {
    PlannedSplit split{.condition = {}, .label = label + " " + key};
    if (i > 0) split.condition = quoted_key + " >= " + literals[i - 1];
    if (i < literals.size()) split.condition += (i > 0 ? " AND " : "") + quoted_key + " < " + literals[i];
    if (i > 0) split.label += " from " + shortened(shown[i - 1]);
    if (i < literals.size()) split.label += (i > 0 ? " to " : " up to ") + shortened(shown[i]);
    splits.push_back(std::move(split));
  }
  if (has_nulls && !literals.empty())  // without boundaries the one range has them
    splits.push_back({.condition = quoted_key + " IS NULL", .label = label + " " + key + " NULL", .records = 0});
  return splits;
}

}  // namespace sluice::sql
