// SPDX-License-Identifier: Apache-2.0
// Connections that tasks lend and give back, so that a lane does not log in anew for every split. [any-thread]
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "postgresql/connection.hpp"

namespace sluice::postgresql {

struct Lane {
  std::unique_ptr<Connection> connection;
  size_t source = 0;
  std::string snapshot = {};  // the one that its open transaction has; "": no transaction
};

class Lanes {
 public:
  // One that matches, or one without a connection.
  Lane take(size_t source, const std::string& snapshot) {
    const std::lock_guard lock(mutex_);
    for (auto at = idle_.begin(); at != idle_.end(); ++at) {
      if (at->source != source || at->snapshot != snapshot || !at->connection->is_alive()) continue;
      Lane lane = std::move(*at);
      idle_.erase(at);
      return lane;
    }
    return {nullptr, source, snapshot};
  }
  void give(Lane lane) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(lane));
  }

 private:
  std::mutex mutex_;
  std::vector<Lane> idle_;
};

}  // namespace sluice::postgresql
