// SPDX-License-Identifier: Apache-2.0
#include "odbc/ping.hpp"

#include <optional>

#include "odbc/server_place.hpp"
#include "odbc/statement.hpp"
#include "sql/reach.hpp"
#include "sql/session_facts.hpp"

namespace sluice::odbc {

namespace {

void reach_server(const Settings& settings, const TextSink& sink) {
  const ServerPlace place = server_place(settings);
  if (place.unknown.empty())
    return sql::reach(place.host, place.port, std::chrono::seconds(settings.connect_seconds), sink);
  sink.emit("resolve", "skipped", place.unknown);
  sink.emit("tcp", "skipped", place.unknown);
}

// The step at which an attempt to connect ended.
const char* failed_step(const Error& error) {
  const std::string_view text = error.what(), state = error.sqlstate();
  const auto says = [&](std::string_view words) { return text.find(words) != std::string_view::npos; };
  if (state.starts_with("IM") || says("Can't open lib") || says("no default driver")) return "driver";
  return says("SSL") || says("TLS") || says("certificate") ? "encryption" : "login";
}

void log_in(std::optional<Connection>& connection, const Settings& settings, const TextSink& sink) {
  try {
    connection.emplace(settings.without_creating());
  } catch (const Error& error) {
    sink.emit(failed_step(error), "failed", error.what());
    throw;
  }
  sink.emit("login", "ok", settings.place());
  sink.emit("driver", "ok", connection->driver());
}

// The last column of every row.
std::string answer(Connection& connection, std::string_view statement) {
  Statement asking(connection, "test the connection");
  asking.prepare(statement);
  asking.execute();
  std::string all;
  for (const Row& row : asking.rows()) {
    if (row.empty() || !row.back()) continue;
    all.append(all.empty() ? "" : "; ").append(sql::shown_grant(*row.back()));
  }
  return all;
}

void tell(Connection& connection, std::string_view statement, const char* step, const char* nothing,
          const TextSink& sink) {
  const std::string told = statement.empty() ? "" : answer(connection, statement);
  if (!statement.empty()) return sink.emit(step, "ok", told.empty() ? nothing : told);
  sink.emit(step, "skipped", "not a thing that ODBC tells of " + connection.product_version());
}

std::string access(const Connection& connection) {
  return connection.text_info(SQL_DATA_SOURCE_READ_ONLY) == "Y" ? "read-only" : "read and write";
}

}  // namespace

void ping_source(const Settings& settings, const TextSink& sink) {
  reach_server(settings, sink);
  std::optional<Connection> connection;
  log_in(connection, settings, sink);
  const Product& product = connection->product();
  tell(*connection, product.encryption, "encryption", "none", sink);
  sink.emit("server", "ok", connection->product_version());
  if (product.privileges.empty())
    sink.emit("privileges", "ok", access(*connection));
  else
    tell(*connection, product.privileges, "privileges", "none", sink);
  if (product.name.empty()) return sink.emit("latency", "skipped", "no statement is known that every database takes");
  sink.emit("latency", "ok", sql::time_of([&] { connection->execute("SELECT 1", "measure the latency"); }));
}

}  // namespace sluice::odbc
