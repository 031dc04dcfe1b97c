// SPDX-License-Identifier: Apache-2.0
#include "postgresql/ping.hpp"

#include "postgresql/connection.hpp"

namespace sluice::postgresql {

void ping_server(const Settings& settings, const TextSink& sink) {
  try {
    Connection connection(settings);
    sink.emit("connect", "ok", settings.place());
    sink.emit("server", "ok", connection.value("SELECT version()::text").value_or(""));
    const auto cipher = connection.value(
        "SELECT (version || ' ' || cipher)::text FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl");
    sink.emit("encryption", "ok", cipher.value_or("none"));
    const auto read_only = connection.value("SELECT current_setting('transaction_read_only')::text");
    sink.emit("access", "ok", read_only == "on" ? "read-only" : "read and write");
  } catch (const Error& e) {
    sink.emit("connect", "failed", e.what());
  }
}

}  // namespace sluice::postgresql
