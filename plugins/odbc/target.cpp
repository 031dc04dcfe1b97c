// SPDX-License-Identifier: Apache-2.0
#include "odbc/target.hpp"

#include "sql/match_columns.hpp"
#include "sql/target_table.hpp"

namespace sluice::odbc {

namespace {

void choose_codecs(const Connection& connection, Target& target) {
  std::vector<std::string> names;
  std::string marks;
  for (const size_t index : target.written) {
    const auto& column = target.table.shape.columns[index];
    ParameterCodec codec = codec_to_write(target.table.types[index], connection.product());
    target.wanted.add(sql::wanted_field(column, codec.arrow.type, codec.arrow.meta, codec.arrow.length));
    target.codecs.push_back(std::move(codec));
    names.push_back(column.name);
    marks += marks.empty() ? "?" : ", ?";
  }
  target.insert = "INSERT INTO " + target.table.quoted + " (" + sql::quote_names(connection.dialect(), names) +
                  ") VALUES (" + marks + ")";
}

}  // namespace

std::optional<Target> find_target(Connection& connection, const Context& context, const Schema& input,
                                  sql::Problems& problems) {
  auto table = find_table(connection, sql::target_name(context, connection.dialect()), "table", problems);
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
