// SPDX-License-Identifier: Apache-2.0
#include "odbc/split_plan.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "odbc/statement.hpp"
#include "sql/select.hpp"

namespace sluice::odbc {

namespace {

// Below that a split costs more than it brings.
constexpr int64_t least_records = 8192;
constexpr int64_t most_splits = 100'000;

__extension__ typedef __int128 Int128;

// A key as a number that every store's integers fit: unsigned bigint, and decimals without a fraction.
std::optional<Int128> integer_of(const std::optional<std::string>& text) {
  if (!text || text->empty()) return std::nullopt;
  const bool negative = text->front() == '-';
  std::string_view digits(*text);
  if (negative) digits.remove_prefix(1);
  if (digits.empty() || digits.size() > 38) return std::nullopt;
  Int128 value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return negative ? -value : value;
}

std::string digits_of(Int128 value) {
  if (value == 0) return "0";
  std::string out;
  for (Int128 left = value < 0 ? -value : value; left != 0; left /= 10)
    out.insert(out.begin(), static_cast<char>('0' + static_cast<int>(left % 10)));
  return value < 0 ? "-" + out : out;
}

struct Extent {
  int64_t records = 0;
  std::optional<Int128> least, most;
};

Extent extent_of(Connection& connection, const Divisible& table) {
  Statement statement(connection, "plan " + table.label);
  statement.prepare(
      sql::build_select({{"COUNT(*)", "MIN(" + table.key + ")", "MAX(" + table.key + ")"}, table.from, {table.where}}));
  statement.execute();
  const Rows rows = statement.rows();
  Extent extent;
  if (rows.empty() || rows[0].size() != 3) return extent;
  extent.records = static_cast<int64_t>(integer_of(rows[0][0]).value_or(0));
  extent.least = integer_of(rows[0][1]);
  extent.most = integer_of(rows[0][2]);
  return extent;
}

// The first key of every piece but the first; nothing where the database has no window functions.
std::optional<std::vector<Int128>> quantiles(Connection& connection, const Divisible& table, int64_t pieces) {
  const std::string numbered =
      sql::build_select({{table.key + " AS sluice_key",
                          "NTILE(" + std::to_string(pieces) + ") OVER (ORDER BY " + table.key + ") AS sluice_piece"},
                         table.from,
                         {table.where, table.key + " IS NOT NULL"}});
  Statement statement(connection, "plan " + table.label);
  try {
    statement.prepare("SELECT MIN(sluice_key) AS sluice_first FROM (" + numbered +
                      ") sluice_pieces GROUP BY sluice_piece ORDER BY 1");
    statement.execute();
  } catch (const Error& e) {
    if (e.code() == SLUICE_CANCELLED || (e.flags() & SLUICE_RETRYABLE) != 0) throw;
    return std::nullopt;
  }
  std::vector<Int128> bounds;
  bool is_first = true;
  for (const Row& row : statement.rows()) {
    const auto value = integer_of(row.at(0));
    if (!value) return std::nullopt;
    if (!is_first && (bounds.empty() || bounds.back() != *value)) bounds.push_back(*value);
    is_first = false;
  }
  return bounds;
}

std::vector<Int128> equal_widths(const Extent& extent, int64_t pieces) {
  std::vector<Int128> bounds;
  const Int128 width = *extent.most - *extent.least;
  for (int64_t i = 1; i < pieces; ++i) {
    const Int128 bound = *extent.least + width / pieces * i;
    if (bound > *extent.least && (bounds.empty() || bounds.back() != bound)) bounds.push_back(bound);
  }
  return bounds;
}

// key < a | a <= key < b | ... | key >= z; the first one has the NULLs, too.
std::vector<PlannedSplit> ranges(const Divisible& table, const std::vector<Int128>& bounds, int64_t records) {
  std::vector<PlannedSplit> splits;
  for (size_t i = 0; i <= bounds.size(); ++i) {
    PlannedSplit split{.label = table.label, .records = records / static_cast<int64_t>(bounds.size() + 1)};
    if (i > 0) {
      split.condition = table.key + " >= " + digits_of(bounds[i - 1]);
      split.label += ", " + table.key_name + " from " + digits_of(bounds[i - 1]);
    }
    if (i < bounds.size()) {
      const std::string below = table.key + " < " + digits_of(bounds[i]);
      split.condition += i > 0                   ? " AND " + below
                         : table.key_is_nullable ? "(" + below + " OR " + table.key + " IS NULL)"
                                                 : below;
      split.label += (i > 0 ? " to below " : ", " + table.key_name + " below ") + digits_of(bounds[i]);
    }
    splits.push_back(std::move(split));
  }
  return splits;
}

}  // namespace

std::vector<PlannedSplit> plan_splits(Connection& connection, const Divisible& table, const SplitLimits& limits) {
  const auto one = [&](int64_t records) {
    return std::vector<PlannedSplit>{{.condition = "", .label = table.label, .records = records}};
  };
  if (table.key.empty()) return one(-1);
  const Extent extent = extent_of(connection, table);
  const int64_t needed = (extent.records + limits.records - 1) / std::max<int64_t>(1, limits.records);
  const int64_t sensible = std::min(limits.at_least, extent.records / least_records);
  const int64_t pieces = std::clamp<int64_t>(std::max(needed, sensible), 1, most_splits);
  if (pieces == 1 || !extent.least || !extent.most) return one(extent.records);
  const auto bounds = quantiles(connection, table, pieces);
  return ranges(table, bounds ? *bounds : equal_widths(extent, pieces), extent.records);
}

}  // namespace sluice::odbc
