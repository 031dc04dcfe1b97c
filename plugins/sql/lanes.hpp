// SPDX-License-Identifier: Apache-2.0
// Connections that tasks lend and give back, so that a lane does not log in anew for every split. [any-thread]
#pragma once

#include <algorithm>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace sluice::sql {

// One connection at most. `Connection` is the store's class; is_alive() says whether it can be used again.
template <class Connection>
struct Lane {
  std::unique_ptr<Connection> connection;
  size_t source = 0;
  std::string snapshot = {};  // the one that its open transaction has; "": no transaction
};

template <class Connection>
class Lanes {
 public:
  // One that matches, or one without a connection.
  Lane<Connection> take(size_t source, const std::string& snapshot) {
    // Asked without the lock: a driver may ask the server.
    while (auto lane = find(source, snapshot))
      if (lane->connection->is_alive()) return std::move(*lane);
    return {nullptr, source, snapshot};
  }
  void give(Lane<Connection> lane) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(lane));
  }

 private:
  std::optional<Lane<Connection>> find(size_t source, const std::string& snapshot) {
    const std::lock_guard lock(mutex_);
    // The last one first: its buffers are as large as the records already, and others' may stay small.
    const auto found = std::find_if(idle_.rbegin(), idle_.rend(), [&](const Lane<Connection>& lane) {
      return lane.source == source && lane.snapshot == snapshot;
    });
    if (found == idle_.rend()) return {};
    std::optional<Lane<Connection>> lane = std::move(*found);
    idle_.erase(std::next(found).base());
    return lane;
  }

  std::mutex mutex_;
  std::vector<Lane<Connection>> idle_;
};

}  // namespace sluice::sql
