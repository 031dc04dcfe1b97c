// SPDX-License-Identifier: Apache-2.0
#include "postgresql/connection.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <sys/socket.h>

#include "postgresql/diagnose.hpp"
#include "postgresql/failure.hpp"

namespace sluice::postgresql {

namespace {

// What the user's own settings must not change: how values look, and that a throttled job is not cut off. The zone and
// the order of day and month stay, where() and now() depend on them.
constexpr std::string_view setup =
    "SET standard_conforming_strings = on;"
    "SET datestyle = 'ISO';"
    "SET intervalstyle = 'postgres';"
    "SET bytea_output = 'hex';"
    "SET extra_float_digits = 3;"
    "SET statement_timeout = 0;"
    "SET idle_in_transaction_session_timeout = 0;"
    "SET client_min_messages = warning";

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
  canceller_ = PQgetCancel(native_);
  try {
    const char* encoding = PQparameterStatus(native_, "server_encoding");
    takes_any_text_ = encoding != nullptr && std::string_view(encoding) == "SQL_ASCII";
    execute(std::string(takes_any_text_ ? "SET client_encoding = 'SQL_ASCII';" : "") + std::string(setup) +
                (version() >= 140000 ? "; SET idle_session_timeout = 0" : ""),
            "set the session up");
    for (const auto& statement : settings_.session) execute(statement, "session");
  } catch (...) {
    PQfreeCancel(canceller_);
    throw;
  }
}

Connection::~Connection() { PQfreeCancel(canceller_); }

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
  // First the socket, so that our side wakes even when the server is out of reach.
  shutdown(PQsocket(native_), SHUT_RDWR);
  char ignored[256];
  PQcancel(canceller_, ignored, sizeof ignored);
}

}  // namespace sluice::postgresql
