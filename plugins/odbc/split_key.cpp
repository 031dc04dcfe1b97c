// SPDX-License-Identifier: Apache-2.0
#include "odbc/split_key.hpp"

#include <algorithm>
#include <span>

#include "odbc/statement.hpp"
#include "sql/meaning.hpp"
#include "sql/select.hpp"
#include "sql/suggest.hpp"

namespace sluice::odbc {

namespace {

// Some databases take no more values in a list.
constexpr size_t places_at_a_time = 1000;
constexpr size_t longest_boundary = 4096;

bool is_number(const ColumnType& type) {
  return type.sql == SQL_TINYINT || type.sql == SQL_SMALLINT || type.sql == SQL_INTEGER || type.sql == SQL_BIGINT ||
         type.sql == SQL_DECIMAL || type.sql == SQL_NUMERIC;
}

std::string_view literal_of(const ColumnType& type, const KeyLiterals& literals) {
  if (is_number(type)) return literals.number;
  if (type.is_real()) return literals.real;
  if (type.is_moment()) return literals.moment;
  if (type.is_binary()) return literals.bytes;
  return type.is_text() ? literals.text : literals.other;
}

bool is_unsorted(const ColumnType& type, std::string_view unsorted) {
  const std::string_view word = std::string_view(type.name).substr(0, type.name.find_first_of("( "));
  while (!unsorted.empty()) {
    const size_t end = std::min(unsorted.find(' '), unsorted.size());
    if (sql::same_name(word, unsorted.substr(0, end))) return true;
    unsorted.remove_prefix(std::min(end + 1, unsorted.size()));
  }
  return false;
}

// No boundary: what SQLite calls an infinity, and what a driver gives for a number although it is none.
bool is_literal(const SplitKey& key, std::string_view text) {
  if (text.size() > longest_boundary || text.empty()) return false;
  const std::string_view value = text.substr(text.front() == '-' ? 1 : 0);
  return !value.starts_with("Inf") && (key.literal != "{}" || std::all_of(value.begin(), value.end(), [](char c) {
                                         return (c >= '0' && c <= '9') || c == '.';
                                       }));
}

std::string list_of(std::span<const int64_t> numbers) {
  std::string out;
  for (const int64_t number : numbers) out += (out.empty() ? "" : ", ") + std::to_string(number);
  return out;
}

std::string question(const sql::ReadPart& part, const SplitKey& key, std::span<const int64_t> places) {
  const std::string numbered = sql::build_select(
      {{key.quoted + " AS sluice_key", "ROW_NUMBER() OVER (ORDER BY " + key.quoted + ") AS sluice_place"},
       part.from,
       {part.where, key.quoted + " IS NOT NULL"}});
  std::vector<std::string> columns = {with_column(key.literal, "sluice_key") + " AS sluice_literal"};
  if (key.is_readable) columns.emplace_back("sluice_key");
  return sql::build_select({columns,
                            "(" + numbered + ") sluice_keys",
                            {"sluice_place IN (" + list_of(places) + ")", with_column(key.condition, "sluice_key")},
                            "sluice_place"});
}

}  // namespace

std::optional<SplitKey> split_key(const Connection& connection, const TableInfo& table, const std::string& column) {
  const size_t index = *table.shape.find(column);
  const ColumnType& type = table.types[index];
  const Product& product = connection.product();
  const std::string_view literal = literal_of(type, product.keys);
  if (literal.empty() || is_unsorted(type, product.keys.unsorted)) return std::nullopt;
  return SplitKey{.name = column,
                  .quoted = sql::quote_name(connection.dialect(), column),
                  .literal = std::string(literal),
                  .condition = std::string(sql::same_name(type.name, "timestamp") ? product.one_instant : ""),
                  .is_readable = !type.is_binary(),
                  .is_nullable = table.shape.columns[index].nullable};
}

std::optional<sql::KeyBoundaries> keys_at(Connection& connection, const sql::ReadPart& part, const SplitKey& key,
                                          const std::vector<int64_t>& places) {
  sql::KeyBoundaries found;
  for (std::span<const int64_t> left(places); !left.empty();) {
    const auto some = left.first(std::min(left.size(), places_at_a_time));
    left = left.subspan(some.size());
    Statement statement(connection, "plan " + part.label);
    Rows rows;
    try {
      statement.prepare(question(part, key, some));
      statement.execute();
      rows = statement.rows();
    } catch (const Error& e) {
      if (sql::must_stop(e)) throw;
      return std::nullopt;
    }
    for (const Row& row : rows) {
      if (!row.at(0) || !is_literal(key, *row[0])) continue;
      if (!found.literals.empty() && found.literals.back() == *row[0]) continue;
      found.literals.push_back(*row[0]);
      found.shown.push_back(row.size() > 1 ? row[1].value_or(*row[0]) : *row[0]);
    }
  }
  return found;
}

}  // namespace sluice::odbc
