// SPDX-License-Identifier: Apache-2.0
#include "sql/named_table.hpp"

#include <algorithm>

#include "sql/suggest.hpp"
#include "sql/table_range.hpp"

namespace sluice::sql {

std::string table_parameter(const Context& context, size_t shard) {
  const std::string own = Context::element("connection", shard) + ".table";
  return context.size(own) == 0 ? "table" : own;
}

std::vector<NamedTable> named_tables(const Context& context, const Dialect& dialect, Problems& problems) {
  std::vector<NamedTable> all;
  const size_t shards = context.size("connection");
  for (size_t i = 0; i < std::max<size_t>(shards, 1); ++i) {
    const std::string path = shards == 0 ? "table" : table_parameter(context, i);
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
