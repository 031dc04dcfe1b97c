// SPDX-License-Identifier: Apache-2.0
#include "sqlite/insert_sql.hpp"

#include <algorithm>

#include "sql/match_columns.hpp"
#include "sql/suggest.hpp"
#include "sqlite/batch_rows.hpp"
#include "sqlite/dialect.hpp"

namespace sluice::sqlite {

namespace {

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::any_of(names.begin(), names.end(), [&](const auto& one) { return sql::same_name(one, name); });
}

std::vector<std::string> names_of(const Table& table, const std::vector<size_t>& written) {
  std::vector<std::string> names;
  for (const size_t index : written) names.push_back(table.shape.columns[index].name);
  return names;
}

const sql::UniqueKey* written_key(const Table& table, const std::vector<std::string>& names) {
  for (const auto& key : table.shape.keys)
    if (std::all_of(key.columns.begin(), key.columns.end(), [&](const auto& column) { return holds(names, column); }))
      return &key;
  return nullptr;
}

// The columns that an update changes: those asked for, or all that are no part of the key.
std::vector<std::string> updated_columns(const Table& table, const std::vector<std::string>& names,
                                         const sql::UniqueKey& key, const std::vector<std::string>& asked,
                                         sql::Problems& problems) {
  std::vector<std::string> columns;
  for (const auto& name : names)
    if (asked.empty() && !holds(key.columns, name)) columns.push_back(name);
  for (size_t i = 0; i < asked.size(); ++i) {
    const std::string name = sql::unquote_name(dialect, asked[i]).value_or(asked[i]);
    const auto found = table.shape.find(name);
    if (!found)
      problems.push_back(sql::no_such_column(Context::element("updateColumn", i), table.shape, name));
    else if (!holds(names, table.shape.columns[*found].name))
      problems.push_back({Context::element("updateColumn", i), "not among the columns to write: \"" + name + "\"",
                          "add it to column on both sides"});
    else
      columns.push_back(table.shape.columns[*found].name);
  }
  return columns;
}

std::string conflict_clause(const Table& table, const std::vector<std::string>& names,
                            const std::vector<std::string>& asked, InsertPlan& plan, sql::Problems& problems) {
  const sql::UniqueKey* key = written_key(table, names);
  if (key == nullptr) {
    problems.push_back({"writeMode",
                        "update needs a primary or unique key among the columns to write: " + table.shape.table,
                        "write the columns of a key, or create a unique index"});
    return "";
  }
  const auto columns = updated_columns(table, names, *key, asked, problems);
  std::string clause = " ON CONFLICT (" + sql::quote_names(dialect, key->columns) + ") DO ";
  plan.skips_conflicts = columns.empty();
  plan.updates = !columns.empty();
  if (columns.empty()) return clause + "NOTHING";
  for (size_t i = 0; i < columns.size(); ++i) {
    const std::string name = sql::quote_name(dialect, columns[i]);
    clause += (i == 0 ? "UPDATE SET " : ", ") + name + " = excluded." + name;
  }
  return clause;
}

}  // namespace

InsertPlan plan_insert(const Table& table, const std::vector<size_t>& written, const std::string& mode,
                       const std::vector<std::string>& updates, sql::Problems& problems) {
  InsertPlan plan;
  const auto names = names_of(table, written);
  plan.sql = (mode == "replace" ? "INSERT OR REPLACE INTO " : "INSERT INTO ") + table.quoted() + " (" +
             sql::quote_names(dialect, names) + ") SELECT * FROM " + BatchRows::name;
  // WHERE true: without it, ON would be taken for a join's.
  if (mode == "ignore") {
    plan.sql += " WHERE true ON CONFLICT DO NOTHING";
    plan.skips_conflicts = true;
  }
  plan.updates = mode == "replace";
  if (mode == "update") plan.sql += " WHERE true" + conflict_clause(table, names, updates, plan, problems);
  return plan;
}

bool writes_a_key(const Table& table, const std::vector<size_t>& written) {
  return written_key(table, names_of(table, written)) != nullptr;
}

}  // namespace sluice::sqlite
