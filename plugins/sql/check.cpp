// SPDX-License-Identifier: Apache-2.0
#include "sql/check.hpp"

#include <algorithm>

#include "sql/consistency.hpp"
#include "sql/named_table.hpp"
#include "sql/select.hpp"
#include "sql/server.hpp"
#include "sql/sql_text.hpp"
#include "sql/suggest.hpp"
#include "sql/table_range.hpp"

namespace sluice::sql {

namespace {

bool is_set(const Context& context, std::string_view path) {
  return context.size(path) != 0 || !context.string(path, "").empty();
}

void check_query(const Context& context, const Dialect& dialect, Problems& problems) {
  for (const char* silenced : {"table", "column", "where", "splitPk"})
    if (is_set(context, silenced))
      problems.push_back({silenced, "not used: querySql is set and beats it", "remove one of the two", true});
  for (size_t i = 0; i < context.size("connection"); ++i)
    if (const std::string path = Context::element("connection", i) + ".table"; is_set(context, path))
      problems.push_back({path, "not used: querySql is set and beats it", "remove one of the two", true});
  const auto queries = context.strings("querySql");
  for (size_t i = 0; i < queries.size(); ++i) {
    const std::string path = queries.size() == 1 ? "querySql" : Context::element("querySql", i);
    if (is_blank(dialect, queries[i])) problems.push_back({path, "an empty query", "write a SELECT, or use table"});
  }
}

// What a shard does not name is the step's own: there must be something, and it must be for somebody.
void check_shards(const Context& context, Problems& problems) {
  const size_t shards = context.size("connection");
  const bool has_shared = context.size("table") != 0;
  size_t own = 0;
  for (size_t i = 0; i < shards; ++i) {
    const bool has_own = table_parameter(context, i) != "table";
    own += has_own ? 1 : 0;
    if (!has_own && !has_shared)
      problems.push_back({Context::element("connection", i) + ".table", "nothing to read from this source: no table",
                          "name its tables here, or those of all sources in table"});
  }
  if (has_shared && shards > 0 && own == shards)
    problems.push_back(
        {"table", "tables are named twice: in table and in every connection[].table", "use one of the two"});
}

void check_tables(const Context& context, const Dialect& dialect, Problems& problems) {
  const size_t before = problems.size();
  if (reader_tables(context, dialect, problems).empty() && problems.size() == before)
    problems.push_back(
        {"table", "nothing to read: neither table nor querySql is set", "name a table, or write a querySql"});
  else
    check_shards(context, problems);
  const auto columns = context.strings("column");
  if (columns.empty()) problems.push_back({"column", "no columns", "name the columns to read, or [\"*\"] for all"});
  parse_columns(dialect, columns, problems);
}

void check_target(const Context& context, const Dialect& dialect, Problems& problems) {
  const auto tables = context.strings("table");
  if (tables.size() > 1)
    problems.push_back({"table", "a writer writes one table: " + list_of(tables), "run one job a table"});
  for (const auto& table : tables) {
    if (has_range(dialect, table))
      problems.push_back({"table", "a writer takes no range of tables: " + table, "run one job a table"});
    else if (!TableName::parse(dialect, trimmed(table)))
      problems.push_back({"table", "not a table name: " + table, "write it as orders or schema.orders"});
  }
}

void check_update_columns(const Context& context, const Dialect& dialect, const ColumnList& columns,
                          std::string_view update_mode, std::string_view also, Problems& problems) {
  const auto updates = context.strings("updateColumn");
  if (updates.empty()) return;
  const std::string mode = context.string("writeMode", "");
  if (!same_name(mode, update_mode) && (also.empty() || !same_name(mode, also))) {
    problems.push_back({"updateColumn", "not used: it belongs to writeMode " + std::string(update_mode),
                        "set writeMode to " + std::string(update_mode) + ", or remove it", true});
    return;
  }
  if (columns.all) return;
  const auto names = columns.names();
  for (size_t i = 0; i < updates.size(); ++i) {
    const std::string name = unquote_name(dialect, updates[i]).value_or(updates[i]);
    if (std::none_of(names.begin(), names.end(), [&](const auto& known) { return same_name(known, name); }))
      problems.push_back({Context::element("updateColumn", i),
                          "not among the columns to write: \"" + name + "\"" + did_you_mean(name, names),
                          "the columns to write: " + list_of(names)});
  }
}

}  // namespace

std::vector<std::string> reader_tables(const Context& context, const Dialect& dialect, Problems& problems) {
  auto tables = expand_tables(dialect, context.strings("table"), "table", problems);
  for (size_t i = 0; i < context.size("connection"); ++i) {
    const std::string path = Context::element("connection", i) + ".table";
    const auto more = expand_tables(dialect, context.strings(path), path, problems);
    tables.insert(tables.end(), more.begin(), more.end());
  }
  return tables;
}

Problems check_reader(const Context& context, const Dialect& dialect) {
  Problems problems;
  if (is_set(context, "querySql")) {
    check_query(context, dialect, problems);
    return problems;
  }
  check_tables(context, dialect, problems);
  check_where(dialect, context.string("where", ""), problems);
  return problems;
}

Problems check_writer(const Context& context, const Dialect& dialect, std::string_view update_mode,
                      std::string_view also) {
  Problems problems;
  check_target(context, dialect, problems);
  const auto columns = context.strings("column");
  if (columns.empty())
    problems.push_back({"column", "no columns", "name the columns to write, or [\"*\"] for all of the table"});
  const ColumnList list = parse_target_columns(dialect, columns, problems);
  check_update_columns(context, dialect, list, update_mode, also, problems);
  return problems;
}

Problems check_server_reader(const Context& context, const Dialect& dialect) {
  Problems problems = check_reader(context, dialect);
  check_servers(context, problems);
  check_consistency(context, problems);
  return problems;
}

Problems check_server_writer(const Context& context, const Dialect& dialect, std::string_view update_mode,
                             std::string_view also) {
  Problems problems = check_writer(context, dialect, update_mode, also);
  check_server(context, "", problems);
  return problems;
}

}  // namespace sluice::sql
