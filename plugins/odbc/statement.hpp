// SPDX-License-Identifier: Apache-2.0
// One statement of a connection, and the result columns that it describes. One thread at a time.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "odbc/column_type.hpp"
#include "odbc/connection.hpp"

namespace sluice::odbc {

// Rows of texts, for metadata.
using Row = std::vector<std::optional<std::string>>;
using Rows = std::vector<Row>;

struct ResultColumn {
  std::string name;
  ColumnType type;
  bool nullable = true;
};

class Statement {
 public:
  // `doing` opens the message of every error: "read orders".
  Statement(Connection& connection, std::string doing);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  SQLHSTMT raw() const { return handle_; }
  Connection& connection() const { return connection_; }

  // Executes at once, and every further result of it, too.
  void run(std::string_view sql);
  void prepare(std::string_view sql);
  // SQL_SUCCESS, SQL_SUCCESS_WITH_INFO, SQL_NO_DATA or SQL_ERROR.
  SQLRETURN try_execute();
  void execute();
  // False at the end. Throws.
  bool fetch();
  // [any-thread while another one executes] is Connection::cancel's business; this one ends the result.
  void end_result() { SQLFreeStmt(handle_, SQL_CLOSE); }

  // Of a prepared or executed statement; empty when it selects nothing.
  std::vector<ResultColumn> describe();
  // The rest of the result as texts.
  Rows rows();

  void set(SQLINTEGER attribute, SQLULEN value) {
    check(SQLSetStmtAttrW(handle_, attribute, reinterpret_cast<SQLPOINTER>(value), 0));
  }
  // Throws when the call failed.
  void check(SQLRETURN code) const {
    if (!SQL_SUCCEEDED(code) && code != SQL_NO_DATA) throw failure();
  }
  Error failure() const { return connection_.failure(doing_, SQL_HANDLE_STMT, handle_); }
  Diagnoses diagnoses() const { return diagnoses_of(SQL_HANDLE_STMT, handle_, connection_.is_narrow()); }

 private:
  ResultColumn describe_column(SQLUSMALLINT number);
  std::string text_attribute(SQLUSMALLINT column, SQLUSMALLINT what) const;
  SQLLEN number_attribute(SQLUSMALLINT column, SQLUSMALLINT what) const;
  std::optional<std::string> text(SQLUSMALLINT column);

  Connection& connection_;
  std::string doing_;
  SQLHSTMT handle_ = SQL_NULL_HSTMT;
};

}  // namespace sluice::odbc
