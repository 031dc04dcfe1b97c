// SPDX-License-Identifier: Apache-2.0
#include "odbc/connection.hpp"

#include <array>

#include "odbc/failure.hpp"
#include "odbc/installed.hpp"
#include "odbc/statement.hpp"
#include "odbc/utf16.hpp"

namespace sluice::odbc {

namespace {

SQLPOINTER attribute(SQLULEN value) { return reinterpret_cast<SQLPOINTER>(value); }

}  // namespace

Connection::Connection(Settings settings) : settings_(std::move(settings)) {
  try {
    connect();
    learn();
    for (const auto& statement : settings_.session) execute(statement, "session");
  } catch (...) {
    close();
    throw;
  }
}

Connection::~Connection() { close(); }

void Connection::connect() {
  if (!SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &environment_)))
    throw internal("connect: the ODBC driver manager does not start");
  SQLSetEnvAttr(environment_, SQL_ATTR_ODBC_VERSION, attribute(SQL_OV_ODBC3), 0);
  if (!SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_DBC, environment_, &handle_)))
    throw failure("connect", SQL_HANDLE_ENV, environment_);
  SQLSetConnectAttrW(handle_, SQL_ATTR_LOGIN_TIMEOUT, attribute(static_cast<SQLULEN>(settings_.connect_seconds)), 0);
  if (settings_.silence_seconds > 0)
    SQLSetConnectAttrW(handle_, SQL_ATTR_CONNECTION_TIMEOUT, attribute(static_cast<SQLULEN>(settings_.silence_seconds)),
                       0);
  is_narrow_ = settings_.is_sqlite();
  std::string bytes = settings_.connection_string();
  auto text = wide(bytes);
  const SQLRETURN code =
      is_narrow_ ? SQLDriverConnect(handle_, nullptr, reinterpret_cast<SQLCHAR*>(bytes.data()), SQL_NTS, nullptr, 0,
                                    nullptr, SQL_DRIVER_NOPROMPT)
                 : SQLDriverConnectW(handle_, nullptr, text.data(), SQL_NTS, nullptr, 0, nullptr, SQL_DRIVER_NOPROMPT);
  is_connected_ = SQL_SUCCEEDED(code);
  if (is_connected_) return;
  const Diagnoses all = diagnoses_of(SQL_HANDLE_DBC, handle_, is_narrow_);
  Diagnosis first = all.empty() ? Diagnosis{} : all.front();
  first.message = shown(first.message) + installed_instead(environment_, first, settings_);
  throw odbc::failure("connect", first, meaning_of_connect(first), settings_.place());
}

void Connection::learn() {
  product_ = &product_named(text_info(SQL_DBMS_NAME));
  is_narrow_ = product_->is_narrow;
  dialect_ = product_->dialect;
  const std::string quote = text_info(SQL_IDENTIFIER_QUOTE_CHAR);
  if (quote.size() == 1 && quote != " ") dialect_.quote = quote[0];
}

void Connection::close() noexcept {
  if (is_connected_) {
    SQLEndTran(SQL_HANDLE_DBC, handle_, SQL_ROLLBACK);
    SQLDisconnect(handle_);
  }
  if (handle_ != SQL_NULL_HDBC) SQLFreeHandle(SQL_HANDLE_DBC, handle_);
  if (environment_ != SQL_NULL_HENV) SQLFreeHandle(SQL_HANDLE_ENV, environment_);
}

std::string Connection::text_info(SQLUSMALLINT what) const {
  std::array<SQLWCHAR, 256> text{};
  SQLSMALLINT bytes = 0;
  if (!SQL_SUCCEEDED(SQLGetInfoW(handle_, what, text.data(), sizeof text - 2, &bytes))) return {};
  size_t units = 0;
  while (units < text.size() && text[units] != 0) ++units;
  return narrow_text(text.data(), units);
}

SQLUINTEGER Connection::number_info(SQLUSMALLINT what) const {
  SQLUINTEGER value = 0;
  return SQL_SUCCEEDED(SQLGetInfoW(handle_, what, &value, sizeof value, nullptr)) ? value : 0;
}

bool Connection::has_transactions() const { return (number_info(SQL_TXN_CAPABLE) & 0xFFFF) != SQL_TC_NONE; }

bool Connection::rereads_blocks() const {
  constexpr SQLUINTEGER needed = SQL_GD_BLOCK | SQL_GD_BOUND | SQL_GD_ANY_ORDER;
  return (number_info(SQL_GETDATA_EXTENSIONS) & needed) == needed;
}

void Connection::execute(std::string_view sql, std::string_view doing) {
  Statement statement(*this, std::string(doing));
  statement.run(sql);
}

void Connection::begin_transactions() {
  if (SQL_SUCCEEDED(SQLSetConnectAttrW(handle_, SQL_ATTR_AUTOCOMMIT, attribute(SQL_AUTOCOMMIT_OFF), 0))) return;
  throw failure("begin to write", SQL_HANDLE_DBC, handle_);
}

void Connection::commit() {
  if (SQL_SUCCEEDED(SQLEndTran(SQL_HANDLE_DBC, handle_, SQL_COMMIT))) return;
  throw failure("commit", SQL_HANDLE_DBC, handle_);
}

void Connection::roll_back() noexcept { SQLEndTran(SQL_HANDLE_DBC, handle_, SQL_ROLLBACK); }

bool Connection::is_lost() const {
  SQLUINTEGER dead = SQL_CD_FALSE;
  return SQL_SUCCEEDED(SQLGetConnectAttrW(handle_, SQL_ATTR_CONNECTION_DEAD, &dead, 0, nullptr)) && dead == SQL_CD_TRUE;
}

Error Connection::failure(std::string_view doing, SQLSMALLINT kind, SQLHANDLE handle) const {
  const Diagnoses all = diagnoses_of(kind, handle, is_narrow_);
  return failure(doing, all.empty() ? Diagnosis{} : all.front());
}

Error Connection::failure(std::string_view doing, const Diagnosis& diagnosis) const {
  if (cancelled_) return cancelled();
  Diagnosis clean = diagnosis;
  clean.message = shown(clean.message);
  const std::string_view product = product_ == nullptr ? "" : product_->name;
  Meaning meaning = meaning_of(clean, product);
  if (meaning.code == SLUICE_INVALID && is_connected_ && is_lost()) meaning = {SLUICE_UNREACHABLE, true};
  return odbc::failure(doing, clean, meaning, settings_.place());
}

void Connection::cancel() noexcept {
  cancelled_ = true;
  const std::lock_guard lock(busy_mutex_);
  if (busy_ != SQL_NULL_HSTMT) SQLCancel(busy_);
}

Connection::Busy::Busy(Connection& connection, SQLHSTMT statement) : connection_(connection) {
  const std::lock_guard lock(connection_.busy_mutex_);
  if (connection_.cancelled_) throw cancelled();
  connection_.busy_ = statement;
}

Connection::Busy::~Busy() {
  const std::lock_guard lock(connection_.busy_mutex_);
  connection_.busy_ = SQL_NULL_HSTMT;
}

}  // namespace sluice::odbc
