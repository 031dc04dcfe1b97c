// SPDX-License-Identifier: Apache-2.0
#include "sql/split_key.hpp"

#include <algorithm>

#include "sql/match_columns.hpp"
#include "sql/suggest.hpp"

namespace sluice::sql {

std::string choose_split_key(const Context& context, const Dialect& dialect, const TableShape& shape,
                             const std::vector<std::string>& leading, const NamedTable& named, Problems& problems) {
  const auto leads = [&](const std::string& name) {
    return std::find(leading.begin(), leading.end(), name) != leading.end();
  };
  const auto key = shape.primary_key();
  const std::string otherwise = key.empty() || !leads(key[0]) ? "" : key[0];
  const std::string wish = context.string("splitPk", "");
  if (wish.empty()) return otherwise;
  const auto found = shape.find(unquote_name(dialect, wish).value_or(wish));
  if (!found) {
    problems.push_back(no_such_column("splitPk", shape, wish));
    return "";
  }
  const std::string& name = shape.columns[*found].name;
  if (leads(name)) return name;
  if (!shape.is_view)
    problems.push_back({"splitPk", "not used for ranges, it leads no index of " + named.table + ": " + name,
                        leading.empty() ? "create an index on it" : "columns that do: " + list_of(leading), true});
  return otherwise;
}

}  // namespace sluice::sql
