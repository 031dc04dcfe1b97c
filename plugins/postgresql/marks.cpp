// SPDX-License-Identifier: Apache-2.0
#include "postgresql/marks.hpp"

#include "postgresql/dialect.hpp"

namespace sluice::postgresql {

namespace {

constexpr std::string_view no_such_table = "42P01";

}  // namespace

std::string marks_table(const Target& target) {
  return target.table.quoted.substr(0, target.table.quoted.size() - quote_name(target.table.relation).size()) +
         quote_name("sluice_commit");
}

std::string marks_ddl(const Target& target) {
  return "CREATE TABLE IF NOT EXISTS " + marks_table(target) +
         " (run text NOT NULL, split text NOT NULL, attempt bigint NOT NULL, read bigint, added bigint, written bigint,"
         " skipped bigint, filtered bigint, dirty bigint, bytes bigint, PRIMARY KEY (run, split))";
}

// To create it takes a right that to use it does not.
void create_marks(Connection& connection, const Target& target) {
  const auto there = connection.value("SELECT to_regclass(:p1)::oid::text", {marks_table(target)});
  if (!there) connection.execute(marks_ddl(target), "create the table of marks");
}

void check_marks(Connection& connection, const Target& target, sql::Problems& problems) {
  const std::string table = marks_table(target);
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
  problems.push_back(
      {"table",
       "setting.delivery exactly-once needs the table of marks, and the user may not " +
           std::string(rights[0] ? "use" : "create") + " it: " + table,
       rights[0] ? "GRANT SELECT, INSERT, DELETE ON " + table + " TO " + user
                 : "GRANT CREATE ON SCHEMA " + schema + " TO " + user + ", or create it: " + marks_ddl(target)});
}

std::string mark_sql(const Target& target, const Context& task, const SluiceCounters& counters) {
  std::string sql = "INSERT INTO " + marks_table(target) + " VALUES (" + quote_literal(task.run_id()) + ", " +
                    quote_literal(task.split()) + ", " + std::to_string(task.attempt());
  for (const uint64_t value : {counters.read, counters.added, counters.written, counters.skipped, counters.filtered,
                               counters.dirty, counters.bytes})
    sql += ", " + std::to_string(value);
  return sql + ")";
}

Committed find_mark(Connection& connection, const Target& target, std::string_view run, std::string_view split) {
  Committed found{.answer = SLUICE_COMMITTED_NO, .counters = {}};
  found.counters.struct_size = sizeof(SluiceCounters);
  const Result result = connection.try_execute("SELECT read, added, written, skipped, filtered, dirty, bytes FROM " +
                                               marks_table(target) + " WHERE run = " + quote_literal(run) +
                                               " AND split = " + quote_literal(split));
  if (result.sqlstate() == no_such_table) return {};
  if (!result.is_good()) throw connection.failure("look for a mark", result);
  if (result.rows() == 0) return found;
  found.answer = SLUICE_COMMITTED_YES;
  int column = 0;
  for (uint64_t* value : {&found.counters.read, &found.counters.added, &found.counters.written, &found.counters.skipped,
                          &found.counters.filtered, &found.counters.dirty, &found.counters.bytes})
    *value = std::stoull(std::string(result.text(0, column++)));
  return found;
}

void clear_marks(Connection& connection, const Target& target, std::string_view run) {
  const std::string table = marks_table(target);
  // Who may not write marks has none.
  const auto is_writable = connection.value("SELECT oid::text FROM pg_class WHERE oid = to_regclass(" +
                                            quote_literal(table) + ") AND has_table_privilege(oid, 'INSERT')");
  if (is_writable) connection.execute("DELETE FROM " + table + " WHERE run = " + quote_literal(run), "clear the marks");
}

}  // namespace sluice::postgresql
