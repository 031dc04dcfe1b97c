// SPDX-License-Identifier: Apache-2.0
#include "sqlite/snapshot.hpp"

namespace sluice::sqlite {

std::unique_ptr<Connection> Snapshot::open() const {
  auto connection = std::make_unique<Connection>(opening_);
  connection->forbid_writing();
  return connection;
}

// Each connection's read transaction starts at its first read. A connection aside sees whether anybody committed
// between the first and the last of them.
bool Snapshot::try_begin(std::vector<std::unique_ptr<Connection>>& connections) {
  const auto witness = open();
  const auto version = [&] { return witness->number("PRAGMA data_version", "begin to read"); };
  const int64_t before = version();
  for (const auto& connection : connections) connection->run("BEGIN; SELECT 1 FROM sqlite_schema", "begin to read");
  if (version() == before) return true;
  for (const auto& connection : connections) connection->roll_back();
  return false;
}

bool Snapshot::begin(size_t count) {
  std::vector<std::unique_ptr<Connection>> connections;
  while (connections.size() < count) connections.push_back(open());
  bool same = false;
  for (int attempt = 0; attempt < 3 && !same; ++attempt) same = try_begin(connections);
  const std::lock_guard lock(mutex_);
  idle_ = std::move(connections);
  return same;
}

std::unique_ptr<Connection> Snapshot::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
  }
  return open();
}

void Snapshot::give(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(connection));
}

}  // namespace sluice::sqlite
