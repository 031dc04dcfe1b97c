// SPDX-License-Identifier: Apache-2.0
#include "mysql/key_walk.hpp"

#include <algorithm>
#include <cmath>

#include "mysql/dialect.hpp"
#include "mysql/text_rows.hpp"

namespace sluice::mysql {

namespace {

using Kind = SplitKey::Kind;

constexpr size_t longest_boundary = 4096;

std::optional<Kind> kind_of(const ServerType& type) {
  const std::string& name = type.name;
  if (name == "tinyint" || name == "smallint" || name == "mediumint" || name == "int" || name == "bigint")
    return Kind::integer;
  if (name == "decimal") return Kind::number;
  if (name == "float" || name == "double") return Kind::real;
  if (name == "char" || name == "varchar" || name == "uuid" || name == "inet6" || name == "inet4") return Kind::text;
  if (name == "binary" || name == "varbinary") return Kind::bytes;
  // A number below 100 would be a year of a century that the server chooses.
  if (name == "date" || name == "datetime" || name == "time" || name == "year") return Kind::moment;
  if (name == "timestamp") return Kind::instant;
  return std::nullopt;
}

// In the hour that a zone's clocks repeat, two instants have one text: no boundary lies there.
std::string unmistakable(const SplitKey& key) {
  if (key.kind != Kind::instant) return "";
  const auto differs = [&](const char* hour) {
    return " AND DATE_FORMAT(FROM_UNIXTIME(UNIX_TIMESTAMP(" + key.quoted + ") " + hour + "), '%H') <> DATE_FORMAT(" +
           key.quoted + ", '%H')";
  };
  return differs("- 3600") + differs("+ 3600");
}

// The first value `steps` records behind `after`, in the index's order.
std::optional<std::string> value_behind(Connection& connection, const Selected& part, const SplitKey& key,
                                        const std::string& after, int64_t steps) {
  const std::string hint = " FORCE INDEX (" + key.index + ")";
  const Rows found = select_rows(connection,
                                 "SELECT " + key.selected() + " FROM " + part.from + hint + " WHERE " + key.quoted +
                                     (after.empty() ? " IS NOT NULL" : " > " + after) + unmistakable(key) +
                                     " ORDER BY " + key.quoted + " LIMIT 1 OFFSET " + std::to_string(steps),
                                 "plan " + part.label);
  return found.empty() ? std::nullopt : found[0][0];
}

}  // namespace

std::string SplitKey::selected() const {
  if (kind == Kind::bytes) return "HEX(" + quoted + ")";
  if (kind == Kind::real) return quoted + " * 1e0";
  return quoted;
}

std::string SplitKey::literal(const std::string& value) const {
  if (kind == Kind::bytes) return "x'" + value + "'";
  if (kind == Kind::integer || kind == Kind::number) return value;
  if (kind == Kind::real) return value.find('e') == std::string::npos ? value + "e0" : value;
  return quote_literal(value);
}

std::optional<SplitKey> split_key(const TableInfo& table, const std::string& column) {
  const auto kind = kind_of(table.types[*table.shape.find(column)]);
  const Index* const index = table.leading_index(column);
  if (!kind || index == nullptr) return std::nullopt;
  return SplitKey{.name = column, .quoted = quote_name(column), .index = quote_name(index->name), .kind = *kind};
}

sql::KeyBoundaries walked_boundaries(Connection& connection, const Selected& part, const SplitKey& key,
                                     const sql::Estimate& whole, const std::vector<double>& shares) {
  sql::KeyBoundaries found;
  // The walk sees all of the table, not only what the condition lets through.
  const auto records = static_cast<double>(std::max(size_of_table(connection, *part.table).records, whole.records));
  std::string after;
  for (size_t i = 0;; ++i) {
    // A table of more records than was thought goes on in steps like the first.
    const double step = i < shares.size() ? shares[i] - (i == 0 ? 0 : shares[i - 1]) : shares.front();
    const auto value = value_behind(connection, part, key, after, std::max<int64_t>(1, std::llround(records * step)));
    if (!value || value->size() > longest_boundary) break;
    after = key.literal(*value);
    found.add(after, key.kind == Kind::bytes ? "0x" + *value : *value, i < shares.size() ? shares[i] : 1);
  }
  if (found.shares.size() != shares.size()) found.shares.clear();
  return found;
}

}  // namespace sluice::mysql
