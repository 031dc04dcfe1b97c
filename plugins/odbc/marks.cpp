// SPDX-License-Identifier: Apache-2.0
#include "odbc/marks.hpp"

#include "odbc/statement.hpp"
#include "sql/meaning.hpp"

namespace sluice::odbc {

namespace {

Rows ask(Connection& connection, const std::string& sql, std::string_view doing) {
  Statement statement(connection, std::string(doing));
  statement.prepare(sql);
  statement.execute();
  return statement.rows();
}

bool is_there(Connection& connection, const sql::Marks& marks) {
  try {
    connection.execute(marks.look(), "look for the table of marks");
    return true;
  } catch (const Error& error) {
    if (sql::must_stop(error) || error.code() == SLUICE_DENIED) throw;
    return false;
  }
}

// What the user may not do, as the server says it.
using Refusals = std::vector<std::string>;

// PostgreSQL looks at rights when it executes; it can be asked for them.
Refusals refusals_of_postgresql(Connection& connection, const sql::Marks& marks) {
  const sql::Dialect& dialect = connection.dialect();
  const std::string table = sql::quote_literal(dialect, marks.table());
  const auto name = sql::TableName::parse(dialect, marks.table());
  const std::string schema =
      name && !name->schema().empty() ? sql::quote_literal(dialect, name->schema()) : "current_schema()";
  const auto may = [&](const std::string& privilege) {
    return "has_table_privilege(" + table + ", '" + privilege + "')";
  };
  const Rows rows =
      ask(connection,
          "SELECT CAST(CASE WHEN to_regclass(" + table + ") IS NULL THEN has_schema_privilege(" + schema +
              ", 'CREATE') ELSE " + may("SELECT") + " AND " + may("INSERT") + " AND " + may("DELETE") + " END AS text)",
          "check the table of marks");
  if (!rows.empty() && rows[0].at(0) == "true") return {};
  return {"permission denied"};
}

// Others look when they prepare; a table that is not there is seen after the rights to it.
Refusals refusals_when_prepared(Connection& connection, const sql::Marks& marks) {
  Refusals all;
  const std::string insert = "INSERT INTO " + marks.table() + " (run) VALUES ('')";
  for (const std::string& sql : {marks.look(), marks.ddl(), insert, marks.remove("")}) {
    try {
      Statement(connection, "check the table of marks").prepare(sql);
    } catch (const Error& error) {
      if (sql::must_stop(error)) throw;
      if (error.code() == SLUICE_DENIED) all.emplace_back(error.what());
    }
  }
  return all;
}

}  // namespace

std::string reason_against_marks(Connection& connection, const Target* target) {
  const Product& product = connection.product();
  if (!connection.has_transactions()) return "the database has no transactions";
  if (product.marks == nullptr)
    return "marks of commits are known for PostgreSQL, MariaDB, MySQL and SQLite only, and this is " +
           connection.product_version();
  if (target == nullptr || product.untransactional.empty()) return "";
  const sql::TableName& name = target->table.name;
  const std::string schema =
      name.schema().empty() ? "DATABASE()" : sql::quote_literal(connection.dialect(), name.schema());
  const Rows engine =
      ask(connection,
          with_column(product.untransactional, schema + ", " + sql::quote_literal(connection.dialect(), name.table())),
          "ask for the table's engine");
  return engine.empty() ? "" : "the table's engine knows no transactions: " + engine[0].at(0).value_or("unknown");
}

sql::Marks marks_of(const Connection& connection, const Target& target) {
  return {connection.dialect(), *connection.product().marks,
          target.table.name.beside("sluice_commit").quoted(connection.dialect())};
}

void check_marks(Connection& connection, const sql::Marks& marks, sql::Problems& problems) {
  const bool asks = connection.product().name == "PostgreSQL";
  const Refusals all = asks ? refusals_of_postgresql(connection, marks) : refusals_when_prepared(connection, marks);
  if (!all.empty())
    problems.push_back(
        {"table", "setting.delivery exactly-once needs the table of marks " + marks.table() + ": " + all[0],
         "let the user create it, or create it: " + marks.ddl() + "; and grant SELECT, INSERT and DELETE on it"});
}

// IF NOT EXISTS fails with PostgreSQL when two jobs create it at the same time.
void create_marks(Connection& connection, const sql::Marks& marks) {
  if (is_there(connection, marks)) return;
  try {
    connection.execute(marks.ddl(), "create the table of marks");
  } catch (const Error&) {
    if (!connection.is_alive() || !is_there(connection, marks)) throw;
  }
}

Committed find_mark(Connection& connection, const sql::Marks& marks, std::string_view run, std::string_view split) {
  if (!is_there(connection, marks)) return {};
  return sql::committed_by(ask(connection, marks.find(run, split), "look for a mark"));
}

void clear_marks(Connection& connection, const sql::Marks& marks, std::string_view run) {
  if (is_there(connection, marks)) connection.execute(marks.remove(run), "clear the marks");
}

}  // namespace sluice::odbc
