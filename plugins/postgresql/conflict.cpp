// SPDX-License-Identifier: Apache-2.0
#include "postgresql/conflict.hpp"

#include <algorithm>

#include "postgresql/dialect.hpp"
#include "sql/match_columns.hpp"
#include "sql/suggest.hpp"

namespace sluice::postgresql {

namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> written_names(const Target& target) {
  std::vector<std::string> names;
  for (const auto& field : target.wanted.fields()) names.push_back(field.name);
  return names;
}

std::string list_of_keys(const Target& target) {
  std::string text;
  for (const auto& key : target.table.shape.keys) text += (text.empty() ? "(" : ", (") + quote_names(key.columns) + ")";
  return text.empty() ? "none" : text;
}

// Exact names of what the parameter lists.
std::vector<std::string> named(const Context& context, const char* parameter, const Target& target,
                               sql::Problems& problems) {
  std::vector<std::string> names;
  const auto wishes = context.strings(parameter);
  for (size_t i = 0; i < wishes.size(); ++i) {
    const std::string wish = sql::unquote_name(dialect, wishes[i]).value_or(wishes[i]);
    const auto found = target.table.shape.find(wish);
    if (found)
      names.push_back(target.table.shape.columns[*found].name);
    else
      problems.push_back(sql::no_such_column(Context::element(parameter, i), target.table.shape, wish));
  }
  return names;
}

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  return names;
}

bool is_a_key(const Target& target, const std::vector<std::string>& columns) {
  const auto& keys = target.table.shape.keys;
  return std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return sorted(key.columns) == sorted(columns); });
}

std::vector<std::string> conflict_key(const Context& context, const Target& target, sql::Problems& problems) {
  auto columns = named(context, "uniqueIndexColumns", target, problems);
  if (sql::has_errors(problems)) return {};
  if (columns.empty()) {
    columns = target.table.shape.primary_key();
    if (columns.empty())
      problems.push_back(
          {"writeMode", "upsert needs a key, and the table has no primary key: " + target.table.shape.table,
           "name the columns of a unique index in uniqueIndexColumns; there are: " + list_of_keys(target)});
  } else if (!is_a_key(target, columns)) {
    problems.push_back({"uniqueIndexColumns", "no unique index over just these columns: " + quote_names(columns),
                        "create one; there are: " + list_of_keys(target)});
  }
  const auto written = written_names(target);
  for (const auto& column : columns)
    if (!contains(written, column))
      problems.push_back({"column", "upsert needs the whole key, and a part of it is not written: " + column,
                          "add the column on both sides"});
  return columns;
}

std::string replacement(const std::vector<std::string>& updated) {
  std::string sets;
  for (const auto& name : updated)
    sets += (sets.empty() ? "" : ", ") + quote_name(name) + " = EXCLUDED." + quote_name(name);
  return " DO UPDATE SET " + sets;
}

}  // namespace

void settle_conflicts(const Context& context, Target& target, sql::Problems& problems) {
  const std::string mode = context.string("writeMode", "insert");
  const std::string wish = context.string("conflictMode", "replace");
  const auto written = written_names(target);
  target.adds_on_rerun = !target.table.shape.has_key_in(target.written);
  if (mode == "insert" || mode == "copy" || wish == "report") return;

  const auto key = conflict_key(context, target, problems);
  if (sql::has_errors(problems)) return;
  target.on_conflict = " ON CONFLICT (" + quote_names(key) + ")";
  target.ignores_conflicts = wish == "ignore";
  if (target.ignores_conflicts) {
    target.on_conflict += " DO NOTHING";
    return;
  }
  auto updated = named(context, "updateColumn", target, problems);
  for (const auto& column : updated)
    if (!contains(written, column))
      problems.push_back({"updateColumn", "the column is not written: " + column,
                          "add it to column on both sides, or take it out here"});
  if (updated.empty())
    std::copy_if(written.begin(), written.end(), std::back_inserter(updated),
                 [&](const auto& name) { return !contains(key, name); });
  // A record that is all key replaces itself.
  target.on_conflict += replacement(updated.empty() ? key : updated);
}

}  // namespace sluice::postgresql
