// SPDX-License-Identifier: Apache-2.0
#include "mysql/split_plan.hpp"

#include <algorithm>

#include "mysql/dialect.hpp"
#include "mysql/key_estimate.hpp"
#include "mysql/key_walk.hpp"

namespace sluice::mysql {

namespace {

std::vector<sql::PlannedSplit> one_split(const Selected& part, const sql::Estimate& whole) {
  return {{.condition = "", .label = part.label, .records = whole.records, .bytes = whole.bytes}};
}

// Of a table that was filled a moment ago the server knows the records, but not yet the bytes.
TableSize plausible(TableSize size) {
  constexpr int64_t least_record = 16, usual_record = 128;
  if (size.bytes / least_record < size.records) size.bytes = size.records * usual_record;
  return size;
}

// What the job wants: the table's size, and the share of it that the server thinks the condition lets through.
sql::Estimate estimate(Connection& connection, const Selected& part) {
  const TableSize size = plausible(size_of_table(connection, *part.table));
  sql::Estimate whole{size.records, size.bytes};
  if (part.where.empty() || size.records <= 0) return whole;
  const int64_t wanted = std::min(estimated_records(connection, part.from, part.where), size.records);
  whole.bytes = static_cast<int64_t>(static_cast<double>(size.bytes) * static_cast<double>(wanted) /
                                     static_cast<double>(size.records));
  whole.records = wanted;
  return whole;
}

bool has_nulls(const Selected& part) { return part.table->shape.columns[*part.table->shape.find(part.key)].nullable; }

}  // namespace

std::vector<sql::PlannedSplit> plan_splits(Connection& connection, const Selected& part,
                                           const sql::SplitLimits& limits) {
  if (!part.table || part.table->is_view) return one_split(part, {});
  const sql::Estimate whole = estimate(connection, part);
  const int64_t count = sql::splits_for(whole, limits);
  const auto key = part.key.empty() || count == 1 ? std::nullopt : split_key(*part.table, part.key);
  if (!key) return one_split(part, whole);
  const auto shares = sql::cuts(count, whole, limits);
  const auto found = key->is_integer() ? estimated_boundaries(connection, part, *key, shares)
                                       : walked_boundaries(connection, part, *key, whole, shares);
  return sql::key_ranges(part.label, part.key, key->quoted, found, has_nulls(part), whole);
}

}  // namespace sluice::mysql
