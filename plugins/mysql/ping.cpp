// SPDX-License-Identifier: Apache-2.0
#include "mysql/ping.hpp"

#include <optional>

#include "mysql/connection.hpp"
#include "sql/reach.hpp"
#include "sql/session_facts.hpp"

namespace sluice::mysql {

namespace {

std::string privileges(Connection& connection) {
  std::string all;
  for (const Row& row : connection.rows(std::string(sql::mysql_privileges))) {
    if (row.empty() || !row[0]) continue;
    all.append(all.empty() ? "" : "; ").append(sql::shown_grant(*row[0]));
  }
  return all;
}

void log_in(std::optional<Connection>& connection, const Settings& settings, const TextSink& sink) {
  constexpr int no_encryption = 2026;
  try {
    connection.emplace(settings);
  } catch (const Error& error) {
    sink.emit(error.vendor_code() == no_encryption ? "encryption" : "login", "failed", error.what());
    throw;
  }
  sink.emit("login", "ok", settings.place());
}

}  // namespace

void ping_server(const Settings& settings, const TextSink& sink) {
  if (settings.socket.empty())
    sql::reach(settings.host, settings.port, std::chrono::seconds(settings.connect_seconds), sink);
  std::optional<Connection> connection;
  log_in(connection, settings, sink);
  const char* const cipher = mysql_get_ssl_cipher(connection->native());
  sink.emit("encryption", "ok", cipher == nullptr ? "none" : cipher);
  sink.emit("server", "ok", mysql_get_server_info(connection->native()));
  sink.emit("privileges", "ok", privileges(*connection));
  sink.emit("latency", "ok", sql::time_of([&] { connection->execute("DO 0", "measure the latency"); }));
}

}  // namespace sluice::mysql
