// SPDX-License-Identifier: Apache-2.0
#include "sql/select.hpp"

#include "sql/sql_text.hpp"

namespace sluice::sql {

std::string build_select(const Select& select) {
  std::string sql = "SELECT ";
  for (size_t i = 0; i < select.columns.size(); ++i) sql += (i == 0 ? "" : ", ") + select.columns[i];
  sql += " FROM " + select.from;
  bool first = true;
  for (const auto& condition : select.where) {
    if (condition.empty()) continue;
    sql += (first ? " WHERE " : " AND ") + condition;
    first = false;
  }
  if (!select.order_by.empty()) sql += " ORDER BY " + select.order_by;
  return sql;
}

std::string user_condition(const Dialect& dialect, std::string_view where) {
  return is_blank(dialect, where) ? "" : parenthesized(dialect, trimmed(where));
}

std::vector<std::string> sql_of(const ColumnList& columns) {
  std::vector<std::string> all;
  for (const auto& entry : columns.entries) all.push_back(entry.sql);
  return all;
}

void check_where(const Dialect& dialect, std::string_view where, Problems& problems) {
  if (is_blank(dialect, where)) return;
  if (const std::string fault = fault_of_condition(dialect, where); !fault.empty())
    problems.push_back({"where", "not one condition: " + fault, "write the condition alone, as in id > 100"});
  else if (first_word(dialect, where) == "where")
    problems.push_back({"where", "the condition starts with the word WHERE", "leave the word out: id > 100"});
  else if (has_clause(dialect, where, "limit"))
    problems.push_back({"where", "a LIMIT in where would be applied to each split, not to the job",
                        "use querySql for a query with LIMIT; a column named limit is written in quotes"});
}

}  // namespace sluice::sql
