// SPDX-License-Identifier: Apache-2.0
#include "odbc/target.hpp"

#include <algorithm>

#include "sql/match_columns.hpp"
#include "sql/sql_text.hpp"

namespace sluice::odbc {

namespace {

Field wanted_field(const sql::TableColumn& column, const ParameterCodec& codec) {
  Field field{column.name, codec.arrow.type, column.nullable};
  field.metadata[SLUICE_META_NATIVE] = column.native_type;
  if (!codec.arrow.meta.empty()) field.metadata[SLUICE_META_TYPE] = codec.arrow.meta;
  if (codec.arrow.length > 0) field.metadata[SLUICE_META_LENGTH] = std::to_string(codec.arrow.length);
  if (!column.nullable) field.metadata[SLUICE_META_REQUIRED] = "1";
  if (column.has_default) field.metadata[SLUICE_META_DEFAULT] = "1";
  if (column.key > 0) field.metadata[SLUICE_META_KEY] = std::to_string(column.key);
  return field;
}

void choose_codecs(const Connection& connection, Target& target) {
  std::vector<std::string> names;
  std::string marks;
  for (const size_t index : target.written) {
    const auto& column = target.table.shape.columns[index];
    ParameterCodec codec = codec_to_write(target.table.types[index], connection.product());
    target.wanted.add(wanted_field(column, codec));
    target.codecs.push_back(std::move(codec));
    names.push_back(column.name);
    marks += marks.empty() ? "?" : ", ?";
  }
  target.insert = "INSERT INTO " + target.table.quoted + " (" + sql::quote_names(connection.dialect(), names) +
                  ") VALUES (" + marks + ")";
}

}  // namespace

bool Target::adds_on_rerun() const {
  const auto is_written = [&](const std::string& name) {
    return std::any_of(wanted.fields().begin(), wanted.fields().end(),
                       [&](const Field& field) { return field.name == name; });
  };
  return std::none_of(table.shape.keys.begin(), table.shape.keys.end(), [&](const sql::UniqueKey& key) {
    return std::all_of(key.columns.begin(), key.columns.end(), is_written);
  });
}

sql::TableName target_name(const Context& context, const sql::Dialect& dialect) {
  const auto tables = context.strings("table");
  auto name = tables.empty() ? std::nullopt : sql::TableName::parse(dialect, sql::trimmed(tables.front()));
  if (!name) throw invalid("table: not a table name");
  return *name;
}

std::optional<Target> find_target(Connection& connection, const Context& context, const Schema& input,
                                  sql::Problems& problems) {
  auto table = find_table(connection, target_name(context, connection.dialect()), "table", problems);
  if (!table) return std::nullopt;
  Target target{.table = std::move(*table)};
  if (target.table.shape.is_view)
    problems.push_back({"table", "a view is not written: " + target.table.shape.table, "name a table"});
  if (connection.text_info(SQL_DATA_SOURCE_READ_ONLY) == "Y")
    problems.push_back({"table", "the connection is read-only: " + connection.settings().place(),
                        "connect to where writing is allowed"});
  const auto columns = sql::parse_target_columns(connection.dialect(), context.strings("column"), problems);
  target.written = sql::match_writer_columns(target.table.shape, columns, input, problems);
  if (!sql::has_errors(problems)) choose_codecs(connection, target);
  return target;
}

}  // namespace sluice::odbc
