// SPDX-License-Identifier: Apache-2.0
#include "sql/named_table.hpp"

#include "sql/suggest.hpp"
#include "sql/table_range.hpp"

namespace sluice::sql {

std::vector<NamedTable> named_tables(const Context& context, const Dialect& dialect, Problems& problems) {
  std::vector<NamedTable> all;
  for (auto& table : expand_tables(dialect, context.strings("table"), "table", problems))
    all.push_back({0, std::move(table), "table"});
  for (size_t i = 0; i < context.size("connection"); ++i) {
    const std::string path = Context::element("connection", i) + ".table";
    for (auto& table : expand_tables(dialect, context.strings(path), path, problems))
      all.push_back({i, std::move(table), path});
  }
  return all;
}

Problem no_such_table(const NamedTable& named, std::string_view place, std::span<const std::string> there) {
  return {named.path, "no such table in " + std::string(place) + ": " + named.table + did_you_mean(named.table, there),
          "its tables: " + list_of(there)};
}

Problem unreadable_table(const NamedTable& named, std::string_view user) {
  return {named.path, "the user may not read this table: " + named.table,
          "GRANT SELECT ON " + named.table + " TO " + std::string(user)};
}

}  // namespace sluice::sql
