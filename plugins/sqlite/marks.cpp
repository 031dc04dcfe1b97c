// SPDX-License-Identifier: Apache-2.0
#include "sqlite/marks.hpp"

namespace sluice::sqlite {

namespace {

bool has_marks(Connection& connection) {
  return connection.number("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'sluice_commit'",
                           "look for marks") != 0;
}

}  // namespace

void write_mark(Connection& connection, std::string_view run, std::string_view split, uint32_t attempt,
                const SluiceCounters& counters) {
  connection.run(marks_ddl, "create the table of marks");
  auto statement =
      connection.prepare("INSERT INTO sluice_commit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "write the mark");
  statement.bind(1, run).bind(2, split).bind(3, int64_t{attempt});
  int index = 4;
  for (const uint64_t value : {counters.read, counters.added, counters.written, counters.skipped, counters.filtered,
                               counters.dirty, counters.bytes})
    statement.bind(index++, static_cast<int64_t>(value));
  statement.step();
}

Committed find_mark(Connection& connection, std::string_view run, std::string_view split) {
  Committed found;
  found.answer = SLUICE_COMMITTED_NO;
  found.counters.struct_size = sizeof(SluiceCounters);
  if (!has_marks(connection)) return found;
  auto statement = connection.prepare(
      "SELECT read, added, written, skipped, filtered, dirty, bytes FROM sluice_commit WHERE run = ? AND split = ?",
      "look for a mark");
  statement.bind(1, run).bind(2, split);
  if (!statement.step()) return found;
  found.answer = SLUICE_COMMITTED_YES;
  int column = 0;
  for (uint64_t* value : {&found.counters.read, &found.counters.added, &found.counters.written, &found.counters.skipped,
                          &found.counters.filtered, &found.counters.dirty, &found.counters.bytes})
    *value = static_cast<uint64_t>(statement.integer(column++));
  return found;
}

void clear_marks(Connection& connection, std::string_view run) {
  if (!has_marks(connection)) return;
  connection.run("BEGIN IMMEDIATE", "clear the marks");
  connection.prepare("DELETE FROM sluice_commit WHERE run = ?", "clear the marks").bind(1, run).step();
  if (connection.number("SELECT count(*) FROM sluice_commit", "clear the marks") == 0)
    connection.run("DROP TABLE sluice_commit", "clear the marks");
  connection.run("COMMIT", "clear the marks");
}

}  // namespace sluice::sqlite
