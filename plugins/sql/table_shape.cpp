// SPDX-License-Identifier: Apache-2.0
#include "sql/table_shape.hpp"

#include <algorithm>

#include "sql/suggest.hpp"

namespace sluice::sql {

std::optional<size_t> TableShape::find(std::string_view name) const {
  std::optional<size_t> near;
  size_t matches = 0;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == name) return i;
    if (same_name(columns[i].name, name)) near = i, ++matches;
  }
  return matches == 1 ? near : std::nullopt;
}

std::vector<std::string> TableShape::names() const {
  std::vector<std::string> all;
  for (const auto& column : columns) all.push_back(column.name);
  return all;
}

std::vector<std::string> TableShape::primary_key() const {
  std::vector<std::string> key;
  for (int position = 1;; ++position) {
    const size_t before = key.size();
    for (const auto& column : columns)
      if (column.key == position) key.push_back(column.name);
    if (key.size() == before) return key;
  }
}

bool TableShape::has_key_in(const std::vector<size_t>& written) const {
  const auto is_written = [&](const std::string& name) {
    return std::any_of(written.begin(), written.end(), [&](size_t index) { return columns[index].name == name; });
  };
  return std::any_of(keys.begin(), keys.end(), [&](const UniqueKey& key) {
    return std::all_of(key.columns.begin(), key.columns.end(), is_written);
  });
}

}  // namespace sluice::sql
