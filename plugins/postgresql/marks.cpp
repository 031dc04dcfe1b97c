// SPDX-License-Identifier: Apache-2.0
#include "postgresql/marks.hpp"

#include "postgresql/dialect.hpp"

namespace sluice::postgresql {

std::string marks_table(const Target& target) {
  return target.table.quoted.substr(0, target.table.quoted.size() - quote_name(target.table.relation).size()) +
         quote_name("sluice_commit");
}

std::string marks_ddl(const Target& target) {
  return "CREATE TABLE IF NOT EXISTS " + marks_table(target) +
         " (run text NOT NULL, split text NOT NULL, attempt bigint NOT NULL, read bigint, added bigint, written bigint,"
         " skipped bigint, filtered bigint, dirty bigint, bytes bigint, PRIMARY KEY (run, split))";
}

std::string mark_sql(const Target& target, const Context& task, const SluiceCounters& counters) {
  // Another job may have finished meanwhile and taken an empty table away.
  std::string sql = marks_ddl(target) + "; INSERT INTO " + marks_table(target) + " VALUES (" +
                    quote_literal(task.run_id()) + ", " + quote_literal(task.split()) + ", " +
                    std::to_string(task.attempt());
  for (const uint64_t value : {counters.read, counters.added, counters.written, counters.skipped, counters.filtered,
                               counters.dirty, counters.bytes})
    sql += ", " + std::to_string(value);
  return sql + ")";
}

Committed find_mark(Connection& connection, const Target& target, std::string_view run, std::string_view split) {
  Committed found{.answer = SLUICE_COMMITTED_NO, .counters = {}};
  found.counters.struct_size = sizeof(SluiceCounters);
  const Result result =
      connection.execute("SELECT read, added, written, skipped, filtered, dirty, bytes FROM " + marks_table(target) +
                             " WHERE run = " + quote_literal(run) + " AND split = " + quote_literal(split),
                         "look for a mark");
  if (result.rows() == 0) return found;
  found.answer = SLUICE_COMMITTED_YES;
  int column = 0;
  for (uint64_t* value : {&found.counters.read, &found.counters.added, &found.counters.written, &found.counters.skipped,
                          &found.counters.filtered, &found.counters.dirty, &found.counters.bytes})
    *value = std::stoull(std::string(result.text(0, column++)));
  return found;
}

namespace {

// Nobody adds a mark between the look and the DROP.
void remove_from(Connection& connection, const std::string& table, const std::string& of_run, bool may_drop) {
  connection.execute("BEGIN; LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE; DELETE FROM " + table + of_run,
                     "clear the marks");
  const Result left = connection.execute("SELECT FROM " + table + " LIMIT 1", "clear the marks");
  if (left.rows() == 0 && may_drop) connection.execute("DROP TABLE " + table, "clear the marks");
  connection.execute("COMMIT", "clear the marks");
}

}  // namespace

void clear_marks(Connection& connection, const Target& target, std::string_view run) {
  const std::string table = marks_table(target);
  const std::string of_run = " WHERE run = " + quote_literal(run);
  // Who may not write marks has none.
  const auto is_owned =
      connection.value("SELECT pg_has_role(relowner, 'USAGE')::text FROM pg_class WHERE oid = to_regclass(" +
                       quote_literal(table) + ") AND has_table_privilege(oid, 'INSERT')");
  if (!is_owned) return;
  if (connection.execute("SELECT FROM " + table + of_run + " LIMIT 1", "look for a mark").rows() == 0) return;
  try {
    remove_from(connection, table, of_run, *is_owned == "true");
  } catch (const Error&) {
    connection.try_execute("ROLLBACK");
    throw;
  }
}

}  // namespace sluice::postgresql
