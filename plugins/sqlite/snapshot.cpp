// SPDX-License-Identifier: Apache-2.0
#include "sqlite/snapshot.hpp"

namespace sluice::sqlite {

namespace {
int64_t data_version(Connection& connection) { return connection.number("PRAGMA data_version", "begin to read"); }
}  // namespace

std::unique_ptr<Connection> Snapshot::open() const {
  auto connection = std::make_unique<Connection>(opening_);
  connection->forbid_writing();
  return connection;
}

// Each connection's read transaction starts at its first read. The witness sees whether anybody committed between the
// first and the last of them.
bool Snapshot::try_begin(std::vector<std::unique_ptr<Connection>>& connections) {
  version_ = data_version(*witness_);
  for (const auto& connection : connections) connection->run("BEGIN; SELECT 1 FROM sqlite_schema", "begin to read");
  if (data_version(*witness_) == version_) return true;
  for (const auto& connection : connections) connection->roll_back();
  return false;
}

void Snapshot::begin(size_t count) {
  std::vector<std::unique_ptr<Connection>> connections;
  const std::lock_guard lock(mutex_);
  witness_ = open();
  version_ = data_version(*witness_);
  if (witness_->text("PRAGMA journal_mode", "begin to read") != "wal") return;
  while (connections.size() < count) connections.push_back(open());
  for (int attempt = 0; attempt < 3 && !pinned_; ++attempt) pinned_ = try_begin(connections);
  idle_ = std::move(connections);
}

// One that cannot be asked (a commit is just going on) counts as a yes.
bool Snapshot::somebody_wrote() {
  try {
    return data_version(*witness_) != version_;
  } catch (const Error&) {
    return true;
  }
}

Snapshot::Consistency Snapshot::consistency() {
  const std::lock_guard lock(mutex_);
  if (pinned_) return {true, "one snapshot of the file"};
  if (somebody_wrote()) return {false, "somebody wrote to the file while it was read"};
  return {true, "nobody wrote to the file"};
}

Snapshot::Lease Snapshot::take() {
  std::unique_ptr<Connection> connection;
  {
    const std::lock_guard lock(mutex_);
    pinned_ = pinned_ && !idle_.empty();  // a new one sees the file as it is now
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (connection == nullptr) connection = open();
  return {connection.release(), GiveBack{shared_from_this()}};
}

void Snapshot::give(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(connection));
}

}  // namespace sluice::sqlite
