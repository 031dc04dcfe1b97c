// SPDX-License-Identifier: Apache-2.0
#include "odbc/statement.hpp"

#include <algorithm>
#include <array>

#include "odbc/utf16.hpp"

namespace sluice::odbc {

namespace {

// The driver manager does not write there.
SQLCHAR* bytes_of(std::string_view text) { return reinterpret_cast<SQLCHAR*>(const_cast<char*>(text.data())); }

template <class Unit, size_t N>
size_t length_of(const std::array<Unit, N>& text) {
  return static_cast<size_t>(std::find(text.begin(), text.end(), Unit{0}) - text.begin());
}

constexpr SQLSMALLINT longest_name = 512;

}  // namespace

Statement::Statement(Connection& connection, std::string doing) : connection_(connection), doing_(std::move(doing)) {
  if (!SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_STMT, connection_.native(), &handle_)))
    throw connection_.failure(doing_, SQL_HANDLE_DBC, connection_.native());
}

Statement::~Statement() { SQLFreeHandle(SQL_HANDLE_STMT, handle_); }

void Statement::run(std::string_view sql) {
  const Connection::Busy busy(connection_, handle_);
  check(connection_.is_narrow() ? SQLExecDirect(handle_, bytes_of(sql), static_cast<SQLINTEGER>(sql.size()))
                                : SQLExecDirectW(handle_, wide(sql).data(), SQL_NTS));
  for (SQLRETURN code = SQL_SUCCESS; code != SQL_NO_DATA;) check(code = SQLMoreResults(handle_));
  end_result();
}

void Statement::prepare(std::string_view sql) {
  const Connection::Busy busy(connection_, handle_);
  check(connection_.is_narrow() ? SQLPrepare(handle_, bytes_of(sql), static_cast<SQLINTEGER>(sql.size()))
                                : SQLPrepareW(handle_, wide(sql).data(), SQL_NTS));
}

SQLRETURN Statement::try_execute() {
  const Connection::Busy busy(connection_, handle_);
  return SQLExecute(handle_);
}

void Statement::execute() { check(try_execute()); }

bool Statement::fetch() {
  const Connection::Busy busy(connection_, handle_);
  const SQLRETURN code = SQLFetch(handle_);
  check(code);
  return code != SQL_NO_DATA;
}

std::vector<ResultColumn> Statement::describe() {
  const Connection::Busy busy(connection_, handle_);
  SQLSMALLINT count = 0;
  check(SQLNumResultCols(handle_, &count));
  std::vector<ResultColumn> columns;
  for (SQLSMALLINT i = 1; i <= count; ++i) columns.push_back(describe_column(static_cast<SQLUSMALLINT>(i)));
  return columns;
}

ResultColumn Statement::describe_column(SQLUSMALLINT number) {
  std::array<SQLWCHAR, longest_name> name{};
  std::array<char, longest_name> bytes{};
  SQLSMALLINT length = 0, type = SQL_UNKNOWN_TYPE, digits = 0, nullable = SQL_NULLABLE_UNKNOWN;
  SQLULEN size = 0;
  check(connection_.is_narrow()
            ? SQLDescribeCol(handle_, number, reinterpret_cast<SQLCHAR*>(bytes.data()), longest_name, &length, &type,
                             &size, &digits, &nullable)
            : SQLDescribeColW(handle_, number, name.data(), longest_name, &length, &type, &size, &digits, &nullable));
  return {
      connection_.is_narrow() ? std::string(bytes.data(), length_of(bytes)) : narrow_text(name.data(), length_of(name)),
      {.sql = type,
       .size = static_cast<int64_t>(size),
       .bytes = number_attribute(number, SQL_DESC_OCTET_LENGTH),
       .digits = digits,
       .is_unsigned = number_attribute(number, SQL_DESC_UNSIGNED) == SQL_TRUE,
       .is_automatic = number_attribute(number, SQL_DESC_AUTO_UNIQUE_VALUE) == SQL_TRUE,
       .name = text_attribute(number, SQL_DESC_TYPE_NAME)},
      nullable != SQL_NO_NULLS};
}

std::string Statement::text_attribute(SQLUSMALLINT column, SQLUSMALLINT what) const {
  std::array<SQLWCHAR, 256> text{};
  SQLSMALLINT bytes = 0;
  if (!SQL_SUCCEEDED(SQLColAttributeW(handle_, column, what, text.data(), sizeof text - 2, &bytes, nullptr))) return {};
  return narrow_text(text.data(), length_of(text));
}

SQLLEN Statement::number_attribute(SQLUSMALLINT column, SQLUSMALLINT what) const {
  SQLLEN value = 0;
  return SQL_SUCCEEDED(SQLColAttributeW(handle_, column, what, nullptr, 0, nullptr, &value)) ? value : 0;
}

std::optional<std::string> Statement::text(SQLUSMALLINT column) {
  std::vector<SQLWCHAR> all;
  std::array<SQLWCHAR, 1024> piece;
  for (;;) {
    SQLLEN length = 0;
    const SQLRETURN code = SQLGetData(handle_, column, SQL_C_WCHAR, piece.data(), sizeof piece, &length);
    if (code == SQL_NO_DATA) break;
    check(code);
    if (length == SQL_NULL_DATA) return std::nullopt;
    const bool cut = length == SQL_NO_TOTAL || static_cast<size_t>(length) > sizeof piece - sizeof(SQLWCHAR);
    const size_t units = cut ? piece.size() - 1 : static_cast<size_t>(length) / sizeof(SQLWCHAR);
    all.insert(all.end(), piece.begin(), piece.begin() + static_cast<ptrdiff_t>(units));
    if (!cut) break;
  }
  return narrow_text(all.data(), all.size());
}

Rows Statement::rows() {
  SQLSMALLINT count = 0;
  check(SQLNumResultCols(handle_, &count));
  Rows all;
  while (count > 0 && fetch()) {
    Row& row = all.emplace_back();
    for (SQLSMALLINT i = 1; i <= count; ++i) row.push_back(text(static_cast<SQLUSMALLINT>(i)));
  }
  end_result();
  return all;
}

}  // namespace sluice::odbc
