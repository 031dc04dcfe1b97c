// SPDX-License-Identifier: Apache-2.0
#include "mysql/marks.hpp"

#include "mysql/array_bind.hpp"
#include "mysql/dialect.hpp"
#include "mysql/text_rows.hpp"

namespace sluice::mysql {

namespace {

constexpr unsigned no_such_table = 1146;

}  // namespace

sql::Marks marks_of(const Target& target) {
  return {dialect, sql::mysql_marks, quote_name(target.table.schema) + "." + quote_name("sluice_commit")};
}

// To create it takes a right that to use it does not.
void create_marks(Connection& connection, const Target& target) {
  const sql::Marks marks = marks_of(target);
  if (try_prepare(connection, marks.look(), "look for the table of marks").number != 0)
    connection.execute(marks.ddl(), "create the table of marks");
}

void check_marks(Connection& connection, const Target& target, sql::Problems& problems) {
  const sql::Marks marks = marks_of(target);
  const std::string& table = marks.table();
  std::string missing, said;
  // Nothing is executed; a table that is not there is seen after the rights to it.
  const auto is_there = [&](const std::string& privilege, const std::string& sql) {
    const Complaint complaint = try_prepare(connection, sql, "check the rights to the table of marks");
    if (complaint.number == 0 || complaint.number == no_such_table) return complaint.number == 0;
    missing += (missing.empty() ? "" : ", ") + privilege;
    said = complaint.message;
    return false;
  };
  if (!is_there("SELECT", marks.look())) is_there("CREATE", marks.ddl());
  is_there("INSERT", "INSERT INTO " + table + " (run) VALUES ('')");
  is_there("DELETE", "DELETE FROM " + table);
  if (!missing.empty())
    problems.push_back({"table", "setting.delivery exactly-once needs the table of marks " + table + ": " + said,
                        "GRANT " + missing + " ON " + table + " TO " + quote_name(connection.settings().user)});
}

Committed find_mark(Connection& connection, const Target& target, std::string_view run, std::string_view split) {
  try {
    return sql::committed_by(select_rows(connection, marks_of(target).find(run, split), "look for a mark"));
  } catch (const Error& error) {
    if (error.vendor_code() != no_such_table) throw;
    return {};
  }
}

void clear_marks(Connection& connection, const Target& target, std::string_view run) {
  if (!connection.try_execute(marks_of(target).remove(run)) && connection.complaint().number != no_such_table)
    throw connection.failure("clear the marks");
}

}  // namespace sluice::mysql
