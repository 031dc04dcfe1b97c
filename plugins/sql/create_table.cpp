// SPDX-License-Identifier: Apache-2.0
#include "sql/create_table.hpp"

#include <charconv>
#include <map>

#include "sql/column_list.hpp"

namespace sluice::sql {

namespace {

// From 1; 0 for what belongs to no key.
size_t key_position(const Field& field) {
  const std::string text = field.meta(SLUICE_META_KEY);
  size_t position = 0;
  std::from_chars(text.data(), text.data() + text.size(), position);
  return position;
}

// Empty when a part does not arrive.
std::vector<std::string> whole_key(const std::vector<std::string>& names, const Schema& input) {
  std::map<size_t, std::string> parts;
  for (size_t i = 0; i < input.size(); ++i)
    if (const size_t position = key_position(input[i]); position > 0) parts[position] = names[i];
  std::vector<std::string> key;
  if (parts.empty() || parts.rbegin()->first != parts.size()) return key;
  for (const auto& [position, name] : parts) key.push_back(name);
  return key;
}

std::vector<std::string> names_of(const Dialect& dialect, std::span<const std::string> columns, const Schema& input) {
  Problems problems;
  auto names = parse_target_columns(dialect, columns, problems).names();
  if (names.size() == input.size()) return names;
  names.clear();
  for (const auto& field : input.fields()) names.push_back(field.name);
  return names;
}

}  // namespace

void create_table(const Dialect& dialect, const TableName& table, std::span<const std::string> columns,
                  const Schema& input, const std::function<ColumnType(const Field&)>& type_of, const TextSink& sink,
                  const TableWords& words) {
  const auto names = names_of(dialect, columns, input);
  const auto key = whole_key(names, input);
  std::vector<ColumnType> types;
  std::string sql = "CREATE TABLE " + table.quoted(dialect) + " (";
  for (size_t i = 0; i < input.size(); ++i) {
    types.push_back(type_of(input[i]));
    const bool in_key = !key.empty() && is_key(input[i]);
    const std::string_view nullable = in_key ? std::string_view() : words.nullable;
    sql += (i == 0 ? "" : ", ") + quote_name(dialect, names[i]) + " " + types.back().type;
    sql += input[i].nullable ? nullable : " NOT NULL";
  }
  if (!key.empty()) sql += ", PRIMARY KEY (" + quote_names(dialect, key) + ")";
  sink.emit("create table", table.text(), (sql += ")").append(words.options));
  for (size_t i = 0; i < input.size(); ++i) {
    sink.emit("type", names[i], types[i].type);
    if (!types[i].remark.empty()) sink.emit("remark", names[i], types[i].remark);
    if (types[i].wanted) sink.emit("wants", names[i], format_of(*types[i].wanted));
  }
}

bool is_key(const Field& field) { return key_position(field) > 0; }

int64_t bound_of(const Field& field) {
  const std::string text = field.meta(SLUICE_META_LENGTH);
  int64_t bound = 0;
  std::from_chars(text.data(), text.data() + text.size(), bound);
  return bound;
}

}  // namespace sluice::sql
