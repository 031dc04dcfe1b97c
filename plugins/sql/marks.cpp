// SPDX-License-Identifier: Apache-2.0
#include "sql/marks.hpp"

namespace sluice::sql {

namespace {

constexpr std::string_view counter_names[] = {"read", "added", "written", "skipped", "filtered", "dirty", "bytes"};

}  // namespace

std::string Marks::counters() const {
  std::string out;
  for (const auto name : counter_names) out += (out.empty() ? "" : ", ") + quote_name(dialect_, name);
  return out;
}

// A split's key may be a path.
std::string Marks::split_literal(std::string_view split) const {
  std::string literal = quote_literal(dialect_, split);
  if (types_.longest_split == 0 || split.size() <= types_.longest_split) return literal;
  std::string digest(types_.digest);
  return digest.replace(digest.find("{}"), 2, literal);
}

std::string Marks::ddl() const {
  std::string sql = "CREATE TABLE IF NOT EXISTS " + table_ + " (run " + std::string(types_.run) + " NOT NULL, split " +
                    std::string(types_.split) + " NOT NULL, attempt bigint NOT NULL";
  for (const auto name : counter_names) sql += ", " + quote_name(dialect_, name) + " bigint";
  return sql + ", PRIMARY KEY (run, split))" + std::string(types_.table);
}

std::string Marks::look() const { return "SELECT run FROM " + table_ + " WHERE 1 = 0"; }

std::string Marks::insert(const Context& task, const SluiceCounters& counters) const {
  std::string sql = "INSERT INTO " + table_ + " (run, split, attempt, " + this->counters() + ") VALUES (" +
                    quote_literal(dialect_, task.run_id()) + ", " + split_literal(task.split()) + ", " +
                    std::to_string(task.attempt());
  for (const uint64_t value : {counters.read, counters.added, counters.written, counters.skipped, counters.filtered,
                               counters.dirty, counters.bytes})
    sql += ", " + std::to_string(value);
  return sql + ")";
}

std::string Marks::find(std::string_view run, std::string_view split) const {
  return "SELECT " + counters() + " FROM " + table_ + " WHERE run = " + quote_literal(dialect_, run) +
         " AND split = " + split_literal(split) + std::string(types_.share);
}

std::string Marks::remove(std::string_view run) const {
  return "DELETE FROM " + table_ + " WHERE run = " + quote_literal(dialect_, run);
}

Committed committed_by(const Rows& rows) {
  Committed found{.answer = rows.empty() ? SLUICE_COMMITTED_NO : SLUICE_COMMITTED_YES, .counters = {}};
  found.counters.struct_size = sizeof(SluiceCounters);
  if (rows.empty()) return found;
  size_t column = 0;
  for (uint64_t* value : {&found.counters.read, &found.counters.added, &found.counters.written, &found.counters.skipped,
                          &found.counters.filtered, &found.counters.dirty, &found.counters.bytes})
    *value = std::stoull(rows[0].at(column++).value_or("0"));
  return found;
}

}  // namespace sluice::sql
