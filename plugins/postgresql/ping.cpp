// SPDX-License-Identifier: Apache-2.0
#include "postgresql/ping.hpp"

#include <optional>

#include "postgresql/connection.hpp"
#include "sql/reach.hpp"

namespace sluice::postgresql {

namespace {

// libpq takes lists of hosts, too; it has to see to those itself.
bool is_one_tcp_host(const Settings& settings) {
  return settings.socket.empty() && !settings.host.empty() && settings.host.find_first_of("/@,") == std::string::npos;
}

void log_in(std::optional<Connection>& connection, const Settings& settings, const TextSink& sink) {
  try {
    connection.emplace(settings);
  } catch (const Error& error) {
    sink.emit("login", "failed", error.what());
    throw;
  }
  sink.emit("login", "ok", settings.place());
}

}  // namespace

void ping_server(const Settings& settings, const TextSink& sink) {
  if (is_one_tcp_host(settings))
    sql::reach(settings.host, settings.port, std::chrono::seconds(settings.connect_seconds), sink);
  std::optional<Connection> connection;
  log_in(connection, settings, sink);
  sink.emit("server", "ok", connection->value("SELECT version()::text").value_or(""));
  const auto cipher = connection->value(
      "SELECT (version || ' ' || cipher)::text FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl");
  sink.emit("encryption", "ok", cipher.value_or("none"));
  const auto read_only = connection->value("SELECT current_setting('transaction_read_only')::text");
  sink.emit("access", "ok", read_only == "on" ? "read-only" : "read and write");
}

}  // namespace sluice::postgresql
