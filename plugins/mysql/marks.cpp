// SPDX-License-Identifier: Apache-2.0
#include "mysql/marks.hpp"

#include "mysql/array_bind.hpp"
#include "mysql/dialect.hpp"
#include "mysql/text_rows.hpp"

namespace sluice::mysql {

namespace {

constexpr const char* counters_list = "`read`, added, written, skipped, filtered, dirty, bytes";
constexpr unsigned no_such_table = 1146;
constexpr size_t longest_split = 600;

std::string marks_table(const Target& target) {
  return quote_name(target.table.schema) + "." + quote_name("sluice_commit");
}

// A split's key may be a path, which is longer than a key of the table can be.
std::string split_literal(std::string_view split) {
  const std::string literal = quote_literal(split);
  return split.size() <= longest_split ? literal : "SHA2(" + literal + ", 256)";
}

std::string where(std::string_view run, std::string_view split) {
  return " WHERE run = " + quote_literal(run) + " AND split = " + split_literal(split);
}

}  // namespace

std::string marks_ddl(const Target& target) {
  const std::string key = " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, ";
  return "CREATE TABLE IF NOT EXISTS " + marks_table(target) + " (run VARCHAR(120)" + key + "split VARCHAR(" +
         std::to_string(longest_split) + ")" + key +
         "attempt BIGINT NOT NULL, `read` BIGINT, added BIGINT, written BIGINT, skipped BIGINT, filtered BIGINT,"
         " dirty BIGINT, bytes BIGINT, PRIMARY KEY (run, split)) ENGINE=InnoDB ROW_FORMAT=DYNAMIC";
}

// To create it takes a right that to use it does not.
void create_marks(Connection& connection, const Target& target) {
  if (try_prepare(connection, "SELECT run FROM " + marks_table(target)).number != 0)
    connection.execute(marks_ddl(target), "create the table of marks");
}

void check_marks(Connection& connection, const Target& target, sql::Problems& problems) {
  const std::string table = marks_table(target);
  std::string missing, said;
  // Nothing is executed; a table that is not there is seen after the rights to it.
  const auto is_there = [&](const std::string& privilege, const std::string& sql) {
    const Complaint complaint = try_prepare(connection, sql);
    if (complaint.number == 0 || complaint.number == no_such_table) return complaint.number == 0;
    missing += (missing.empty() ? "" : ", ") + privilege;
    said = complaint.message;
    return false;
  };
  if (!is_there("SELECT", "SELECT run FROM " + table)) is_there("CREATE", marks_ddl(target));
  is_there("INSERT", "INSERT INTO " + table + " (run) VALUES ('')");
  is_there("DELETE", "DELETE FROM " + table);
  if (!missing.empty())
    problems.push_back({"table", "setting.delivery exactly-once needs the table of marks " + table + ": " + said,
                        "GRANT " + missing + " ON " + table + " TO " + quote_name(connection.settings().user)});
}

std::string mark_sql(const Target& target, const Context& task, const SluiceCounters& counters) {
  std::string sql = "INSERT INTO " + marks_table(target) + " (run, split, attempt, " + counters_list + ") VALUES (" +
                    quote_literal(task.run_id()) + ", " + split_literal(task.split()) + ", " +
                    std::to_string(task.attempt());
  for (const uint64_t value : {counters.read, counters.added, counters.written, counters.skipped, counters.filtered,
                               counters.dirty, counters.bytes})
    sql += ", " + std::to_string(value);
  return sql + ")";
}

Committed find_mark(Connection& connection, const Target& target, std::string_view run, std::string_view split) {
  Committed found{.answer = SLUICE_COMMITTED_NO, .counters = {}};
  found.counters.struct_size = sizeof(SluiceCounters);
  Rows rows;
  try {
    rows = select_rows(connection,
                       std::string("SELECT ") + counters_list + " FROM " + marks_table(target) + where(run, split) +
                           " LOCK IN SHARE MODE",
                       "look for a mark");
  } catch (const Error& error) {
    if (error.vendor_code() != no_such_table) throw;
    return {};
  }
  if (rows.empty()) return found;
  found.answer = SLUICE_COMMITTED_YES;
  size_t column = 0;
  for (uint64_t* value : {&found.counters.read, &found.counters.added, &found.counters.written, &found.counters.skipped,
                          &found.counters.filtered, &found.counters.dirty, &found.counters.bytes})
    *value = std::stoull(rows[0][column++].value_or("0"));
  return found;
}

void clear_marks(Connection& connection, const Target& target, std::string_view run) {
  const std::string sql = "DELETE FROM " + marks_table(target) + " WHERE run = " + quote_literal(run);
  if (!connection.try_execute(sql) && connection.complaint().number != no_such_table)
    throw connection.failure("clear the marks");
}

}  // namespace sluice::mysql
