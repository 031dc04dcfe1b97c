// SPDX-License-Identifier: Apache-2.0
#include "sql/split_size.hpp"

#include <algorithm>
#include <cmath>

#include "sluice/split_shares.hpp"

namespace sluice::sql {

namespace {

constexpr int64_t least_records = 8192;
constexpr int64_t usual_records = 200'000;
constexpr int64_t usual_bytes = int64_t{64} << 20;

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
  return {.records = request.target_records == 0 ? usual_records : static_cast<int64_t>(request.target_records),
          .bytes = request.target_bytes == 0 ? usual_bytes : static_cast<int64_t>(request.target_bytes),
          .at_least = request.lanes > 1 ? factor * request.lanes : 1,
          .lanes = request.lanes};
}

int64_t splits_for(const Estimate& whole, const SplitLimits& limits) {
  const int64_t needed = std::max(divided(whole.bytes, limits.bytes), divided(whole.records, limits.records));
  const int64_t by_bytes = whole.bytes < 0 ? limits.at_least : whole.bytes / least_split_bytes;
  const int64_t by_records = whole.records < 0 ? limits.at_least : whole.records / least_records;
  const int64_t sensible = whole.bytes < 0 && whole.records < 0 ? 1 : std::min({limits.at_least, by_bytes, by_records});
  return std::clamp<int64_t>(std::max(needed, sensible), 1, 100'000);
}

std::vector<double> cuts(int64_t count, const Estimate& whole, const SplitLimits& limits) {
  const auto is_worth_it = [&](int64_t total, int64_t least) { return total < 0 || total / count / 4 >= least; };
  const bool has_small_ones = is_worth_it(whole.records, least_records) && is_worth_it(whole.bytes, least_split_bytes);
  return split_shares(count, has_small_ones ? limits.lanes : 1);
}

void KeyBoundaries::add(std::string literal, std::string text, double share) {
  literals.push_back(std::move(literal));
  shown.push_back(std::move(text));
  shares.push_back(share);
}

double KeyBoundaries::share_before(size_t i) const {
  if (i == 0) return 0;
  if (i > literals.size()) return 1;
  return shares.empty() ? static_cast<double>(i) / static_cast<double>(literals.size() + 1) : shares[i - 1];
}

int64_t part_of(int64_t total, double share) {
  return total < 0 ? -1 : std::llround(static_cast<double>(total) * share);
}

std::vector<PlannedSplit> key_ranges(const std::string& label, const std::string& key, const std::string& quoted_key,
                                     const KeyBoundaries& boundaries, bool has_nulls, const Estimate& whole) {
  const auto& literals = boundaries.literals;
  const auto& shown = boundaries.shown;
  std::vector<PlannedSplit> splits;
  for (size_t i = 0; i <= literals.size(); ++i) {
    const double share = boundaries.share_before(i + 1) - boundaries.share_before(i);
    PlannedSplit split{.condition = {},
                       .label = label + " " + key,
                       .records = part_of(whole.records, share),
                       .bytes = part_of(whole.bytes, share)};
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
