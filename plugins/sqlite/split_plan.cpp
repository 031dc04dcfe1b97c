// SPDX-License-Identifier: Apache-2.0
#include "sqlite/split_plan.hpp"

#include <algorithm>
#include <cmath>

#include "sql/match_columns.hpp"
#include "sqlite/dialect.hpp"

namespace sluice::sqlite {

namespace {

// Characters of a key, or bytes.
constexpr int longest_bound = 1024;

std::optional<SplitColumn> own_column(const Table& table) {
  if (!table.row_number.empty()) return SplitColumn{table.row_number, false, true, table.row_number_column.has_value()};
  const auto key = table.shape.primary_key();
  if (key.empty()) return std::nullopt;
  const size_t first = *table.shape.find(key.front());
  if (table.types[first].kind != Kind::integer) return std::nullopt;
  return SplitColumn{key.front(), table.shape.columns[first].nullable, false, true};
}

sql::Estimate estimate(const TableSize& size) { return {size.records, size.bytes}; }

std::vector<KeyRange> ranges_between(const sql::KeyBoundaries& bounds, const TableSize& size) {
  std::vector<KeyRange> ranges;
  for (size_t i = 0; i <= bounds.literals.size(); ++i) {
    const double share = bounds.share_before(i + 1) - bounds.share_before(i);
    KeyRange range{std::nullopt, std::nullopt, sql::part_of(size.records, share), sql::part_of(size.bytes, share)};
    if (i > 0) range.lower = bounds.literals[i - 1];
    if (i < bounds.literals.size()) range.upper = bounds.literals[i];
    ranges.push_back(std::move(range));
  }
  return ranges;
}

sql::KeyBoundaries bounds_from_pages(const std::vector<int64_t>& dividers, const std::vector<double>& shares) {
  sql::KeyBoundaries bounds;
  for (const double share : shares) {
    const auto place = static_cast<size_t>(share * static_cast<double>(dividers.size() + 1));
    if (place == 0) continue;
    // A divider is the last rowid before it.
    const int64_t last = dividers[place - 1];
    if (last == INT64_MAX) break;
    const std::string bound = std::to_string(last + 1);
    if (bounds.empty() || bounds.literals.back() != bound) bounds.add(bound, bound, share);
  }
  return bounds;
}

// Asks the database for every n-th key: along an index, whatever the type.
class KeyWalk {
 public:
  KeyWalk(Connection& connection, const Table& table, const SplitColumn& column)
      : connection_(connection), table_(table), key_(sql::quote_name(dialect, column.name)) {}

  sql::KeyBoundaries bounds(int64_t step) {
    sql::KeyBoundaries bounds;
    std::string lower;
    for (auto next = key_at("", step); next; next = key_at(">= " + lower, step)) {
      // More records of one key than a step: on to the next key.
      if (*next == lower) next = key_at("> " + lower, 0);
      // Keys that begin alike for longer than a bound may be are not told apart.
      if (!next || *next == lower) break;
      lower = *next;
      bounds.literals.push_back(lower);
    }
    return bounds;
  }

 private:
  std::optional<std::string> key_at(const std::string& from, int64_t offset) {
    auto statement = connection_.prepare("SELECT " + bound() + " FROM " + table_.quoted() + " WHERE " + key_ +
                                             (from.empty() ? " IS NOT NULL" : " " + from) + " ORDER BY " + key_ +
                                             " LIMIT 1 OFFSET " + std::to_string(offset),
                                         "look for split points");
    return statement.step() ? std::optional(statement.text(0)) : std::nullopt;
  }
  // The key as a literal, or what it begins with: no infinity has one, a NUL character ends one, and keys may be long.
  std::string bound() const {
    return "CASE WHEN typeof(" + key_ + ") IN ('text', 'blob') THEN quote(substr(" + key_ + ", 1, " +
           std::to_string(longest_bound) + ")) WHEN " + key_ + " = 9e999 THEN '9e999' WHEN " + key_ +
           " = -9e999 THEN '-9e999' ELSE quote(" + key_ + ") END";
  }

  Connection& connection_;
  const Table& table_;
  std::string key_;
};

int64_t walk_step(const TableSize& size, const sql::SplitLimits& limits) {
  if (size.records <= 0) return limits.records;
  return std::clamp(size.records / sql::splits_for(estimate(size), limits) + 1, int64_t{1}, limits.records);
}

}  // namespace

std::string KeyRange::condition(const SplitColumn& column) const {
  const std::string key = sql::quote_name(dialect, column.name);
  if (!lower && !upper) return "";
  if (!lower) return column.nullable ? "(" + key + " < " + *upper + " OR " + key + " IS NULL)" : key + " < " + *upper;
  if (!upper) return key + " >= " + *lower;
  return key + " >= " + *lower + " AND " + key + " < " + *upper;
}

std::string KeyRange::label(const SplitColumn& column) const {
  if (!lower && !upper) return "";
  if (!lower) return column.name + " below " + *upper;
  if (!upper) return column.name + " from " + *lower;
  return column.name + " from " + *lower + " to below " + *upper;
}

std::optional<SplitColumn> split_column(const Table& table, const std::string& split_pk, const Context& context) {
  if (split_pk.empty() || table.shape.is_view) return own_column(table);
  const std::string name = sql::unquote_name(dialect, split_pk).value_or(split_pk);
  const auto found = table.shape.find(name);
  if (!found && !table.row_number.empty() && name == table.row_number) return own_column(table);
  if (!found) {
    sql::report_or_throw(context, {sql::no_such_column("splitPk", table.shape, name)});
    return std::nullopt;
  }
  if (table.row_number_column == found) return own_column(table);
  const auto& column = table.shape.columns[*found];
  if (table.leads_an_index(column.name)) return SplitColumn{column.name, column.nullable, false, true};
  context.warn("splitPk", "not used: no index of " + table.shape.table + " starts with " + column.name,
               "create an index on it, or leave splitPk out");
  return own_column(table);
}

std::vector<KeyRange> plan_ranges(Connection& connection, const Table& table, const std::optional<SplitColumn>& column,
                                  const sql::SplitLimits& limits) {
  TableSize size = table_size(connection, table, 4 * static_cast<size_t>(limits.at_least));
  if (!column) return ranges_between({}, size);
  const int64_t pieces = sql::splits_for(estimate(size), limits);
  if (size.records >= 0 && pieces == 1) return ranges_between({}, size);
  if (!column->is_row_number || size.records < 0)
    return ranges_between(KeyWalk(connection, table, *column).bounds(walk_step(size, limits)), size);
  const size_t dividers = 8 * static_cast<size_t>(pieces);
  if (size.dividers.size() < dividers) size = table_size(connection, table, dividers);
  return ranges_between(bounds_from_pages(size.dividers, sql::cuts(pieces, estimate(size), limits)), size);
}

}  // namespace sluice::sqlite
