// SPDX-License-Identifier: Apache-2.0
#include "odbc/split_plan.hpp"

#include <cstdlib>

#include "odbc/statement.hpp"
#include "sql/select.hpp"

namespace sluice::odbc {

namespace {

struct Extent {
  int64_t records = 0, keys = 0;
};

int64_t number_in(const Row& row, size_t column) {
  return row.size() > column && row[column] ? std::strtoll(row[column]->c_str(), nullptr, 10) : 0;
}

// What the job wants: all records, and those whose key is not NULL.
Extent extent_of(Connection& connection, const sql::ReadPart& part, const SplitKey& key) {
  Statement statement(connection, "plan " + part.label);
  statement.prepare(sql::build_select({{"COUNT(*)", "COUNT(" + key.quoted + ")"}, part.from, {part.where}}));
  statement.execute();
  const Rows rows = statement.rows();
  return rows.empty() ? Extent{} : Extent{number_in(rows[0], 0), number_in(rows[0], 1)};
}

// Where all pieces but the first begin, counted from 1.
std::vector<int64_t> beginnings(int64_t keys, const std::vector<double>& shares) {
  std::vector<int64_t> places;
  for (const double share : shares) {
    const int64_t place = static_cast<int64_t>(share * static_cast<double>(keys)) + 1;
    if (place > 1 && (places.empty() || places.back() != place)) places.push_back(place);
  }
  return places;
}

}  // namespace

std::vector<sql::PlannedSplit> plan_splits(Connection& connection, const sql::ReadPart& part,
                                           const std::optional<SplitKey>& key, const sql::SplitLimits& limits) {
  const auto one_split = [&](int64_t records) {
    return std::vector<sql::PlannedSplit>{{.condition = "", .label = part.label, .records = records}};
  };
  if (!key) return one_split(-1);
  const Extent extent = extent_of(connection, part, *key);
  const int64_t pieces = sql::splits_for({.records = extent.records}, limits);
  if (pieces == 1) return one_split(extent.records);
  const auto shares = sql::cuts(pieces, {.records = extent.records}, limits);
  auto found = keys_at(connection, part, *key, beginnings(extent.keys, shares));
  if (!found) return one_split(extent.records);
  if (found->literals.size() == shares.size()) found->shares = shares;
  const int64_t nulls = extent.records - extent.keys;
  auto splits = sql::key_ranges(part.label, key->name, key->quoted, *found, key->is_nullable || nulls > 0,
                                {.records = extent.keys});
  if (splits.size() > found->literals.size() + 1) splits.back().records = nulls;
  return splits;
}

}  // namespace sluice::odbc
