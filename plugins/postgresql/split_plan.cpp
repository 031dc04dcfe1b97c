// SPDX-License-Identifier: Apache-2.0
#include "postgresql/split_plan.hpp"

#include <algorithm>
#include <cmath>

#include "postgresql/dialect.hpp"

namespace sluice::postgresql {

using sql::Estimate;
using sql::PlannedSplit;

namespace {

// Blocks to look at for each split, so that the largest stays well below twice the median.
constexpr int64_t blocks_per_split = 24;
constexpr int64_t least_blocks = 200;
constexpr size_t longest_boundary = 4096;

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

// The values at 1/n, 2/n ... of the sample, ascending, each once; the server says how they are written.
std::vector<std::string> boundaries(Connection& connection, const Selected& part, const Sample& sample,
                                    int64_t splits) {
  const std::string key = quote_name(part.key);
  const Result found = connection.execute(
      "SELECT b::text FROM (SELECT n, b FROM unnest((SELECT percentile_disc(ARRAY("
      "SELECT i::float8 / " +
          std::to_string(splits) + " FROM generate_series(1, " + std::to_string(splits - 1) +
          ") AS i)) WITHIN GROUP (ORDER BY " + key + ") FROM " + sample.from + " WHERE " + filter(part) +
          ")) WITH ORDINALITY AS u(b, n)) AS q WHERE b IS NOT NULL ORDER BY n",
      "plan " + part.label);
  std::vector<std::string> values;
  for (int i = 0; i < found.rows(); ++i) {
    std::string value(found.text(i, 0));
    if (value.size() <= longest_boundary && (values.empty() || values.back() != value))
      values.push_back(std::move(value));
  }
  return values;
}

const ServerType& type_of_key(const Selected& part) { return part.table->types[*part.table->shape.find(part.key)]; }

std::vector<PlannedSplit> ranges_between(const Selected& part, const std::vector<std::string>& values) {
  std::vector<std::string> literals;
  for (const auto& value : values) literals.push_back(quote_literal(value) + "::" + type_of_key(part).quoted);
  // NOT NULL may be a domain's, or hold for new records alone.
  const bool has_nulls = part.table->shape.columns[*part.table->shape.find(part.key)].key == 0;
  return sql::key_ranges(part.label, part.key, quote_name(part.key), literals, values, has_nulls);
}

std::vector<PlannedSplit> block_ranges(const Selected& part, const TableSize& size, int64_t count) {
  std::vector<PlannedSplit> splits;
  const auto place = [](int64_t block) { return "'(" + std::to_string(block) + ",0)'::tid"; };
  for (int64_t i = 0; i < count; ++i) {
    const int64_t from = size.blocks * i / count, to = size.blocks * (i + 1) / count;
    PlannedSplit split{
        .condition = {}, .label = part.label + " blocks from " + std::to_string(from), .is_stable = false};
    if (i > 0) split.condition = "ctid >= " + place(from);
    if (i + 1 < count) split.condition += (i > 0 ? " AND " : "") + ("ctid < " + place(to));
    splits.push_back(std::move(split));
  }
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

  std::vector<PlannedSplit> splits;
  if (!part.key.empty())
    splits = ranges_between(part, boundaries(connection, part, sample, count));
  else if (part.table->kind == 'r' && part.table->is_heap && connection.version() >= 140000)
    splits = block_ranges(part, size, count);
  else
    return one_split(part, whole);
  for (auto& split : splits) {
    if (split.records == 0) continue;
    split.records = whole.records / count;
    split.bytes = whole.bytes / count;
  }
  return splits;
}

}  // namespace sluice::postgresql
