// SPDX-License-Identifier: Apache-2.0
#include "odbc/ping.hpp"

#include "odbc/connection.hpp"

namespace sluice::odbc {

void ping_source(const Settings& settings, const TextSink& sink) {
  try {
    const Connection connection(settings);
    sink.emit("connect", "ok", settings.place());
    sink.emit("database", "ok", connection.product_version());
    sink.emit("driver", "ok", connection.driver());
    const bool read_only = connection.text_info(SQL_DATA_SOURCE_READ_ONLY) == "Y";
    sink.emit("access", "ok", read_only ? "read-only" : "read and write");
  } catch (const Error& e) {
    sink.emit("connect", "failed", e.what());
  }
}

}  // namespace sluice::odbc
