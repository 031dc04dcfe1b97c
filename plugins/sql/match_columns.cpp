// SPDX-License-Identifier: Apache-2.0
#include "sql/match_columns.hpp"

#include <algorithm>

#include "sql/suggest.hpp"

namespace sluice::sql {

namespace {

std::vector<size_t> named_columns(const TableShape& shape, const ColumnList& columns, Problems& problems) {
  std::vector<size_t> written;
  for (size_t i = 0; i < columns.entries.size(); ++i) {
    const auto found = shape.find(columns.entries[i].name);
    if (!found) {
      problems.push_back(no_such_column(path_of(i), shape, columns.entries[i].name));
      continue;
    }
    const auto& column = shape.columns[*found];
    if (column.generated)
      problems.push_back(
          {path_of(i), "a computed column cannot be written: " + column.name, "leave it out on both sides"});
    if (std::find(written.begin(), written.end(), *found) != written.end())
      problems.push_back({path_of(i), "a column is named twice: " + column.name, "name each column once"});
    written.push_back(*found);
  }
  return written;
}

std::vector<size_t> all_columns(const TableShape& shape) {
  std::vector<size_t> written;
  for (size_t i = 0; i < shape.columns.size(); ++i)
    if (!shape.columns[i].generated) written.push_back(i);
  return written;
}

void check_required(const TableShape& shape, const std::vector<size_t>& written, Problems& problems) {
  for (size_t i = 0; i < shape.columns.size(); ++i) {
    const auto& column = shape.columns[i];
    if (column.nullable || column.has_default || column.generated) continue;
    if (std::find(written.begin(), written.end(), i) != written.end()) continue;
    problems.push_back({"column",
                        "a NOT NULL column without default is not written: " + shape.table + "." + column.name,
                        "write it, or give it a default"});
  }
}

// ["*"] on both sides pairs columns by position: the names must agree, or values would change places unseen.
void check_same_names(const TableShape& shape, const std::vector<size_t>& written, const Schema& input,
                      Problems& problems) {
  for (size_t i = 0; i < std::min(written.size(), input.size()); ++i) {
    const auto& field = input[i];
    if (field.meta(SLUICE_META_ALL) != "1" || same_name(field.name, shape.columns[written[i]].name)) continue;
    problems.push_back({"column",
                        "[\"*\"] on both sides needs the same names in the same order: column " +
                            std::to_string(i + 1) + " is " + field.name + " in the source and " +
                            shape.columns[written[i]].name + " in " + shape.table,
                        "name the columns on both sides"});
    return;
  }
}

}  // namespace

Problem no_such_column(std::string_view path, const TableShape& shape, std::string_view name) {
  const auto names = shape.names();
  return {std::string(path),
          "no such column in " + shape.table + ": \"" + std::string(name) + "\"" + did_you_mean(name, names),
          "its columns: " + list_of(names)};
}

void match_reader_columns(const Dialect& dialect, const TableShape& shape, ColumnList& columns, Problems& problems) {
  if (columns.all && columns.entries.empty())
    for (const auto& name : shape.names())
      columns.entries.push_back({ColumnKind::name, name, name, quote_name(dialect, name)});
  for (size_t i = 0; i < columns.entries.size(); ++i) {
    auto& entry = columns.entries[i];
    if (entry.kind == ColumnKind::constant) continue;
    const std::string wanted = entry.kind == ColumnKind::name ? entry.name : entry.text;
    if (const auto found = shape.find(wanted)) {
      const std::string& name = shape.columns[*found].name;
      entry = {ColumnKind::name, entry.text, name, quote_name(dialect, name)};
    } else if (entry.kind == ColumnKind::name) {
      problems.push_back(no_such_column(columns.all ? "column" : path_of(i), shape, entry.name));
    }
  }
}

std::vector<size_t> match_writer_columns(const TableShape& shape, const ColumnList& columns, const Schema& input,
                                         Problems& problems) {
  const size_t before = problems.size();
  auto written = columns.all ? all_columns(shape) : named_columns(shape, columns, problems);
  if (problems.size() != before) return written;
  check_required(shape, written, problems);
  if (written.size() != input.size())
    problems.push_back({"column",
                        "unequal numbers of columns: the source has " + std::to_string(input.size()) + ", " +
                            (columns.all ? "table " + shape.table : "the writer") + " has " +
                            std::to_string(written.size()),
                        "columns are matched by position: name as many on both sides"});
  else if (columns.all)
    check_same_names(shape, written, input, problems);
  return written;
}

}  // namespace sluice::sql
