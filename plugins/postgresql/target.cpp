// SPDX-License-Identifier: Apache-2.0
#include "postgresql/target.hpp"

#include <algorithm>

#include "postgresql/conflict.hpp"
#include "postgresql/dialect.hpp"
#include "postgresql/encoder.hpp"
#include "sql/match_columns.hpp"
#include "sql/target_table.hpp"

namespace sluice::postgresql {

namespace {

constexpr const char* stage = "pg_temp.sluice_stage";

void choose_codecs(Target& target, const Schema& input, sql::Problems& problems) {
  for (size_t i = 0; i < target.written.size(); ++i) {
    const auto& column = target.table.shape.columns[target.written[i]];
    ColumnCodec codec = codec_to_write(target.table.types[target.written[i]], input[i]);
    if (!codec.refusal.empty())
      problems.push_back({Context::element("column", i),
                          "a column of type " + column.native_type + " cannot be written exactly, " + codec.refusal +
                              ": " + column.name,
                          "leave it out, or change its type"});
    target.wanted.add(sql::wanted_field(column, codec.type, codec.meta, codec.length));
    target.codecs.push_back(std::move(codec));
    target.names += (i == 0 ? "" : ", ") + quote_name(column.name);
  }
}

// pgType names types that the catalogue knows better: only a contradiction is worth a word.
void check_named_types(Connection& connection, const Context& context, const Target& target, sql::Problems& problems) {
  for (size_t i = 0; i < target.wanted.size(); ++i) {
    const std::string& name = target.wanted[i].name;
    const auto named = context.string("pgType." + name);
    if (!named) continue;
    const auto known = connection.value("SELECT to_regtype(:p1)::oid::text", {*named});
    if (!known)
      problems.push_back({"pgType." + name, "no such type: " + *named, "the column's type is used", true});
    else if (*known != std::to_string(target.table.types[target.written[i]].oid))
      problems.push_back(
          {"pgType." + name,
           "the column has another type: " + target.wanted[i].meta(SLUICE_META_NATIVE) + ", not " + *named,
           "the column's own type is used; remove pgType", true});
  }
}

struct Rights {
  bool insert, update, select, temporary, row_security, writable;
};

Rights rights_to(Connection& connection, const TableInfo& table) {
  const Row row =
      connection
          .rows(
              "SELECT (has_table_privilege(:p1::oid, 'INSERT') OR has_any_column_privilege(:p1::oid, 'INSERT'))::text,"
              " (has_table_privilege(:p1::oid, 'UPDATE') OR has_any_column_privilege(:p1::oid, 'UPDATE'))::text,"
              " (has_table_privilege(:p1::oid, 'SELECT') OR has_any_column_privilege(:p1::oid, 'SELECT'))::text,"
              " has_database_privilege(current_database(), 'TEMPORARY')::text, row_security_active(:p1::oid)::text,"
              " (current_setting('transaction_read_only') = 'off')::text",
              {std::to_string(table.oid)})
          .at(0);
  const auto is = [&](size_t i) { return row[i] == "true"; };
  return {is(0), is(1), is(2), is(3), is(4), is(5)};
}

void check_rights(Connection& connection, const Context& context, Target& target, sql::Problems& problems) {
  const Rights rights = rights_to(connection, target.table);
  const std::string user = quote_name(connection.settings().user);
  const std::string& table = target.table.quoted;
  if (!rights.writable)
    problems.push_back({"", "the server is read-only: " + connection.settings().place(),
                        "write to the primary, or have default_transaction_read_only turned off"});
  std::string missing;
  if (!rights.insert) missing = "INSERT";
  if (!target.on_conflict.empty() && !rights.select) missing += missing.empty() ? "SELECT" : ", SELECT";
  if (!target.on_conflict.empty() && !target.ignores_conflicts && !rights.update)
    missing += missing.empty() ? "UPDATE" : ", UPDATE";
  if (!missing.empty())
    problems.push_back({"table", "the user may not " + missing + ": " + target.table.shape.table,
                        "GRANT " + missing + " ON " + table + " TO " + user});
  target.needs_stage = !target.on_conflict.empty() || rights.row_security;
  target.may_create_temporary = rights.temporary;
  if (target.needs_stage && !rights.temporary)
    problems.push_back({context.string("writeMode", "insert") == "insert" ? "table" : "writeMode",
                        "the user may not create temporary tables, which this needs: " + connection.settings().place(),
                        "GRANT TEMPORARY ON DATABASE " + quote_name(connection.settings().database) + " TO " + user});
}

void check_kind(const TableInfo& table, sql::Problems& problems) {
  if (table.kind == 'v' || table.kind == 'm')
    problems.push_back({"table", "a view cannot be written: " + table.shape.table, "name a table"});
}

}  // namespace

std::optional<Target> find_target(Connection& connection, const Context& context, const Schema& input,
                                  sql::Problems& problems) {
  auto table = find_table(connection, sql::target_name(context, dialect));
  if (!table) return std::nullopt;
  Target target{.table = std::move(*table)};
  check_kind(target.table, problems);
  const auto columns = sql::parse_target_columns(dialect, context.strings("column"), problems);
  target.written = sql::match_writer_columns(target.table.shape, columns, input, problems);
  if (sql::has_errors(problems)) return target;
  choose_codecs(target, input, problems);
  check_named_types(connection, context, target, problems);
  settle_conflicts(context, target, problems);
  check_rights(connection, context, target, problems);
  target.copy_options = is_binary(target.codecs) ? "(FORMAT binary)" : "(FORMAT text)";
  return target;
}

std::string Target::copy() const {
  return "COPY " + (needs_stage ? std::string(stage) : table.quoted) + " (" + names + ") FROM STDIN " + copy_options;
}

std::string Target::copied_table() const { return needs_stage ? "sluice_stage" : table.relation; }

std::string Target::create_stage() const {
  std::string sql = std::string("CREATE TEMPORARY TABLE ") + stage + " (";
  for (size_t i = 0; i < written.size(); ++i)
    sql += (i == 0 ? "" : ", ") + quote_name(wanted[i].name) + " " + table.shape.columns[written[i]].native_type;
  return sql + ") ON COMMIT DELETE ROWS";
}

std::string Target::insert_head() const {
  return "INSERT INTO " + table.quoted + " (" + names + ") OVERRIDING SYSTEM VALUE ";
}

std::string Target::merge_stage() const { return insert_head() + "SELECT " + names + " FROM " + stage + on_conflict; }

std::string Target::converted(const std::string& row) const {
  std::string sql;
  for (size_t i = 0; i < written.size(); ++i)
    sql += (i == 0 ? "" : ", ") + ("convert_from(" + row + ".c" + std::to_string(i + 1)) +
           ", 'UTF8')::" + table.types[written[i]].quoted;
  return sql;
}

}  // namespace sluice::postgresql
