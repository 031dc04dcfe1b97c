// SPDX-License-Identifier: Apache-2.0
#include "postgresql/connection.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <sys/socket.h>

#include "postgresql/diagnose.hpp"
#include "postgresql/dialect.hpp"
#include "postgresql/failure.hpp"
#include "postgresql/second_look.hpp"

namespace sluice::postgresql {

namespace {

// A throttled job is not cut off. A client that is gone without a word is noticed after two minutes.
constexpr const char* patience =
    "SET statement_timeout = 0;"
    "SET idle_in_transaction_session_timeout = 0;"
    "SET tcp_keepalives_idle = 60;"
    "SET tcp_keepalives_interval = 15;"
    "SET tcp_keepalives_count = 4;"
    "SET client_min_messages = warning;";

// How values look, which the user's own settings must not change. The zone and the order of day and month stay, where()
// and now() depend on them.
constexpr const char* forms_sql =
    "SET standard_conforming_strings = on;"
    "SET datestyle = 'ISO';"
    "SET intervalstyle = 'postgres';"
    "SET bytea_output = 'hex';"
    "SET extra_float_digits = 3;"
    "SET client_encoding = ";

// Which process this is, also when its number is given to another one later.
constexpr const char* self_sql =
    "SELECT pg_backend_pid(), to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    " FROM pg_stat_activity WHERE pid = pg_backend_pid()";
constexpr const char* ending_sql =
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') = ";

}  // namespace

struct Connection::Session {
  soci::session soci;
};

Connection::Connection(Settings settings) : settings_(std::move(settings)), session_(std::make_unique<Session>()) {
  try {
    session_->soci.open(soci::postgresql, settings_.connection_string());
  } catch (const soci::soci_error& e) {
    throw diagnose(settings_, e.what());
  }
  native_ = static_cast<soci::postgresql_session_backend*>(session_->soci.get_backend())->conn_;
  PQsetNoticeProcessor(
      native_, [](void*, const char*) {}, nullptr);
  set_up();
}

void Connection::set_up() {
  const char* encoding = PQparameterStatus(native_, "server_encoding");
  takes_any_text_ = encoding != nullptr && std::string_view(encoding) == "SQL_ASCII";
  std::string sql = patience;
  if (version() >= 140000) sql += "SET idle_session_timeout = 0;";
  if (version() >= 170000) sql += "SET transaction_timeout = 0;";
  const Result self = execute(sql + forms() + self_sql, "set the session up");
  if (self.rows() == 1)
    ending_ = ending_sql + quote_literal(self.text(0, 1)) + " AND pid = " + std::string(self.text(0, 0));
  // Not on every system: does a statement look for its client meanwhile?
  if (version() >= 140000) try_execute("SET client_connection_check_interval = '10s'");
  for (const auto& statement : settings_.session) execute(statement, "session");
  if (!settings_.session.empty()) execute(forms(), "set the session up");
}

std::string Connection::forms() const { return forms_sql + std::string(takes_any_text_ ? "'SQL_ASCII';" : "'UTF8';"); }

// A server that computes does not look at its connection, and one that did not hear of its end keeps its transaction:
// both would be in the way of the next attempt.
Connection::~Connection() {
  const auto state = PQtransactionStatus(native_);
  if (!ending_.empty() && (state == PQTRANS_ACTIVE || state == PQTRANS_UNKNOWN)) tell_server(settings_, ending_);
}

Rows Connection::rows(const std::string& sql, const std::vector<std::string>& parameters) {
  try {
    return sql::fetch_rows(session_->soci, sql, parameters);
  } catch (const soci::postgresql_soci_error& e) {
    if (cancelled_) throw cancelled();
    const std::string state = e.sqlstate();
    // SOCI says "     " when the server did not answer.
    throw postgresql::failure("ask about the database", state == "     " ? "" : state, e.get_error_message(),
                              settings_.place());
  } catch (const soci::soci_error& e) {
    if (cancelled_) throw cancelled();
    throw internal("ask about the database: " + e.get_error_message() + " (" + settings_.place() + ")");
  }
}

std::optional<std::string> Connection::value(const std::string& sql, const std::vector<std::string>& parameters) {
  const Rows all = rows(sql, parameters);
  return all.empty() || all[0].empty() ? std::nullopt : all[0][0];
}

Result Connection::execute(const std::string& sql, std::string_view doing) {
  Result result = try_execute(sql);
  if (!result.is_good()) throw failure(doing, result);
  return result;
}

Error Connection::failure(std::string_view doing, const Result& result) const {
  if (cancelled_) return cancelled();
  if (!result || result.sqlstate().empty()) return lost(doing);
  return postgresql::failure(doing, result.sqlstate(), full_message(result), settings_.place());
}

Error Connection::lost(std::string_view doing) const {
  if (cancelled_) return cancelled();
  std::string text = PQerrorMessage(native_);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  for (char& c : text)
    if (c == '\n' || c == '\t') c = ' ';
  if (text.empty()) text = "the connection was lost";
  return postgresql::failure(doing, "", text, settings_.place());
}

void Connection::cancel() noexcept {
  cancelled_ = true;
  shutdown(PQsocket(native_), SHUT_RDWR);
}

}  // namespace sluice::postgresql
