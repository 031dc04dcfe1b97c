// SPDX-License-Identifier: Apache-2.0
#include "postgresql/marks.hpp"

#include "postgresql/dialect.hpp"

namespace sluice::postgresql {

namespace {

constexpr std::string_view no_such_table = "42P01";

}  // namespace

sql::Marks marks_of(const Target& target) {
  const std::string& quoted = target.table.quoted;
  return {dialect, sql::plain_marks,
          quoted.substr(0, quoted.size() - quote_name(target.table.relation).size()) + quote_name("sluice_commit")};
}

// To create it takes a right that to use it does not. IF NOT EXISTS fails when two jobs create it at the same time.
void create_marks(Connection& connection, const Target& target) {
  const sql::Marks marks = marks_of(target);
  const auto is_there = [&] {
    return connection.value("SELECT to_regclass(:p1)::oid::text", {marks.table()}).has_value();
  };
  if (is_there()) return;
  const Result created = connection.try_execute(marks.ddl());
  if (!created.is_good() && !is_there()) throw connection.failure("create the table of marks", created);
}

void check_marks(Connection& connection, const Target& target, sql::Problems& problems) {
  const sql::Marks marks = marks_of(target);
  const std::string& table = marks.table();
  const Row rights =
      connection
          .rows(
              "SELECT m.oid::text, (has_table_privilege(m.oid, 'SELECT') AND has_table_privilege(m.oid, 'INSERT')"
              " AND has_table_privilege(m.oid, 'DELETE'))::text, has_schema_privilege(c.relnamespace, 'CREATE')::text"
              " FROM (SELECT to_regclass(:p1)::oid AS oid) AS m, pg_class c WHERE c.oid = :p2::oid",
              {table, std::to_string(target.table.oid)})
          .at(0);
  if (rights[0] ? rights[1] == "true" : rights[2] == "true") return;
  const std::string user = quote_name(connection.settings().user);
  const std::string schema = table.substr(0, table.size() - quote_name("sluice_commit").size() - 1);
  problems.push_back({"table",
                      "setting.delivery exactly-once needs the table of marks, and the user may not " +
                          std::string(rights[0] ? "use" : "create") + " it: " + table,
                      rights[0]
                          ? "GRANT SELECT, INSERT, DELETE ON " + table + " TO " + user
                          : "GRANT CREATE ON SCHEMA " + schema + " TO " + user + ", or create it: " + marks.ddl()});
}

Committed find_mark(Connection& connection, const Target& target, std::string_view run, std::string_view split) {
  const Result result = connection.try_execute(marks_of(target).find(run, split));
  if (result.sqlstate() == no_such_table) return {};
  if (!result.is_good()) throw connection.failure("look for a mark", result);
  Rows rows(static_cast<size_t>(result.rows()));
  for (int column = 0; !rows.empty() && column < PQnfields(result.raw()); ++column)
    rows[0].emplace_back(result.text(0, column));
  return sql::committed_by(rows);
}

void clear_marks(Connection& connection, const Target& target, std::string_view run) {
  const sql::Marks marks = marks_of(target);
  // Who may not write marks has none.
  const auto is_writable = connection.value("SELECT oid::text FROM pg_class WHERE oid = to_regclass(" +
                                            quote_literal(marks.table()) + ") AND has_table_privilege(oid, 'INSERT')");
  if (is_writable) connection.execute(marks.remove(run), "clear the marks");
}

}  // namespace sluice::postgresql
