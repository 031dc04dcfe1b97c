// SPDX-License-Identifier: Apache-2.0
#include "sqlite/ping.hpp"

#include <unistd.h>

#include "sqlite/catalog.hpp"

namespace sluice::sqlite {

void ping_file(Opening opening, bool for_writing, const TextSink& sink) {
  const std::string path = opening.path;
  try {
    Connection connection(std::move(opening));
    sink.emit("open", "ok", connection.path());
    sink.emit("read", "ok", std::to_string(table_names(connection).size()) + " tables, SQLite " + sqlite3_libversion());
    if (!for_writing) return;
    const bool writable = access(connection.path().c_str(), W_OK) == 0;
    sink.emit("write", writable ? "ok" : "failed", writable ? "" : "the file is not writable: " + connection.path());
  } catch (const Error& error) {
    sink.emit("open", "failed", error.what());
    sink.emit("read", "skipped", "");
    if (for_writing) sink.emit("write", "skipped", "");
    throw;
  }
}

}  // namespace sluice::sqlite
