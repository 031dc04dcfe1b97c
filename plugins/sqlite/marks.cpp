// SPDX-License-Identifier: Apache-2.0
#include "sqlite/marks.hpp"

#include "sqlite/dialect.hpp"

namespace sluice::sqlite {

namespace {

bool has_marks(Connection& connection) {
  return connection.number("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'sluice_commit'",
                           "look for marks") != 0;
}

}  // namespace

const sql::Marks& marks() {
  static const sql::Marks of_file(dialect, sql::plain_marks, "sluice_commit");
  return of_file;
}

void write_mark(Connection& connection, const Context& task, const SluiceCounters& counters) {
  connection.run(marks().ddl(), "create the table of marks");
  connection.run(marks().insert(task, counters), "write the mark");
}

Committed find_mark(Connection& connection, std::string_view run, std::string_view split) {
  sql::Rows rows;
  if (has_marks(connection)) {
    auto statement = connection.prepare(marks().find(run, split), "look for a mark");
    if (statement.step()) rows.emplace_back();
    for (int column = 0; !rows.empty() && column < sqlite3_column_count(statement.raw()); ++column)
      rows[0].emplace_back(statement.text(column));
  }
  return sql::committed_by(rows);
}

void clear_marks(Connection& connection, std::string_view run) {
  if (!has_marks(connection)) return;
  connection.run("BEGIN IMMEDIATE", "clear the marks");
  connection.run(marks().remove(run), "clear the marks");
  if (connection.number("SELECT count(*) FROM sluice_commit", "clear the marks") == 0)
    connection.run("DROP TABLE sluice_commit", "clear the marks");
  connection.run("COMMIT", "clear the marks");
}

}  // namespace sluice::sqlite
