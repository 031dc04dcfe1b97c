// SPDX-License-Identifier: Apache-2.0
#include "postgresql/ping.hpp"

#include <optional>

#include "postgresql/connection.hpp"
#include "sql/reach.hpp"
#include "sql/session_facts.hpp"

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
  const auto answer = [&](std::string_view statement) { return connection->value(std::string(statement)); };
  sink.emit("encryption", "ok", answer(sql::postgresql_encryption).value_or("none"));
  sink.emit("server", "ok", answer("SELECT version()::text").value_or(""));
  sink.emit("privileges", "ok", answer(sql::postgresql_privileges).value_or(""));
  sink.emit("latency", "ok", sql::time_of([&] { answer("SELECT ''::text"); }));
}

}  // namespace sluice::postgresql
