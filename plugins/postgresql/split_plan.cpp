// SPDX-License-Identifier: Apache-2.0
#include "postgresql/split_plan.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

#include "postgresql/dialect.hpp"

namespace sluice::postgresql {

using sql::Estimate;
using sql::PlannedSplit;

namespace {

// Blocks to look at for each split, so that the largest stays well below twice the median.
constexpr int64_t blocks_per_split = 24;
constexpr int64_t least_blocks = 200;
constexpr size_t longest_boundary = 4096;

const ServerType& type_of_key(const Selected& part) { return part.table->types[*part.table->shape.find(part.key)]; }

// "FROM t TABLESAMPLE ..." that sees about `blocks` of the table's blocks.
struct Sample {
  std::string from;
  double fraction;
};

Sample sample_of(const Selected& part, const TableSize& size, int64_t blocks) {
  if (blocks >= size.blocks) return {part.from, 1};
  const double percent = 100.0 * static_cast<double>(blocks) / static_cast<double>(size.blocks);
  return {part.from + " TABLESAMPLE SYSTEM (" + std::to_string(percent) + ") REPEATABLE (0)", percent / 100};
}

std::string filter(const Selected& part) { return part.where.empty() ? "true" : part.where; }

// Records that the job wants, and their share of the table's bytes.
Estimate estimate(Connection& connection, const Selected& part, const TableSize& size, const Sample& sample) {
  const Result counted = connection.execute(
      "SELECT count(*) FILTER (WHERE " + filter(part) + "), count(*) FROM " + sample.from, "plan " + part.label);
  const double wanted = std::stod(std::string(counted.text(0, 0)));
  const double seen = std::stod(std::string(counted.text(0, 1)));
  Estimate whole;
  whole.records = std::llround(wanted / sample.fraction);
  whole.bytes = std::llround(static_cast<double>(size.bytes) * (seen == 0 ? 1 : wanted / seen));
  return whole;
}

// The key's values at these shares of the sample, each once; the server says how they are written.
sql::KeyBoundaries boundaries(Connection& connection, const Selected& part, const Sample& sample,
                              const std::vector<double>& shares) {
  const std::string key = quote_name(part.key);
  std::ostringstream list;
  list << std::setprecision(15);
  for (const double share : shares) list << (share == shares.front() ? "{" : ",") << share;
  const Result found =
      connection.execute("SELECT b::text, n FROM (SELECT n, b FROM unnest((SELECT percentile_disc('" + list.str() +
                             "}'::float8[]) WITHIN GROUP (ORDER BY " + key + ") FROM " + sample.from + " WHERE " +
                             filter(part) + ")) WITH ORDINALITY AS u(b, n)) AS q WHERE b IS NOT NULL ORDER BY n",
                         "plan " + part.label);
  const std::string cast = "::" + type_of_key(part).quoted;
  sql::KeyBoundaries values;
  for (int i = 0; i < found.rows(); ++i) {
    const std::string value(found.text(i, 0));
    if (value.size() > longest_boundary || (!values.empty() && values.shown.back() == value)) continue;
    const size_t place = std::stoul(std::string(found.text(i, 1)));
    values.add(quote_literal(value) + cast, value, shares.at(place - 1));
  }
  return values;
}

std::vector<PlannedSplit> ranges_of_key(const Selected& part, const sql::KeyBoundaries& values, const Estimate& whole) {
  // NOT NULL may be a domain's, or hold for new records alone.
  const bool has_nulls = part.table->shape.columns[*part.table->shape.find(part.key)].key == 0;
  return sql::key_ranges(part.label, part.key, quote_name(part.key), values, has_nulls, whole);
}

// By blocks: ranges of `ctid`, which is no key that another snapshot would know.
std::vector<PlannedSplit> ranges_of_blocks(const Selected& part, const TableSize& size,
                                           const std::vector<double>& shares, const Estimate& whole) {
  sql::KeyBoundaries blocks;
  for (const double share : shares) {
    const std::string block = std::to_string(std::llround(share * static_cast<double>(size.blocks)));
    blocks.add("'(" + block + ",0)'::tid", block, share);
  }
  auto splits = sql::key_ranges(part.label, "ctid", "ctid", blocks, false, whole);
  for (auto& split : splits) split.is_stable = false;
  return splits;
}

std::vector<PlannedSplit> one_split(const Selected& part, const Estimate& whole) {
  return {{.condition = "", .label = part.label, .records = whole.records, .bytes = whole.bytes}};
}

}  // namespace

std::vector<PlannedSplit> plan_splits(Connection& connection, const Selected& part, const sql::SplitLimits& limits) {
  if (!part.table || part.table->is_view()) return one_split(part, {});
  const TableSize size = size_of_table(connection, *part.table);
  if (size.bytes <= sql::least_split_bytes) return one_split(part, {size.records, size.bytes});
  const int64_t guess = sql::splits_for({size.records, size.bytes}, limits);
  Sample sample = sample_of(part, size, std::max(least_blocks, guess * blocks_per_split));
  const Estimate whole = estimate(connection, part, size, sample);
  const int64_t count = sql::splits_for(whole, limits);
  if (count == 1) return one_split(part, whole);
  if (count > guess) sample = sample_of(part, size, std::max(least_blocks, count * blocks_per_split));

  const auto shares = sql::cuts(count, whole, limits);
  if (!part.key.empty()) return ranges_of_key(part, boundaries(connection, part, sample, shares), whole);
  if (part.table->kind == 'r' && part.table->is_heap && connection.version() >= 140000)
    return ranges_of_blocks(part, size, shares, whole);
  return one_split(part, whole);
}

}  // namespace sluice::postgresql
