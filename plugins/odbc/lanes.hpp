// SPDX-License-Identifier: Apache-2.0
// Connections that tasks lend and give back, so that a lane does not log in anew for every split. [any-thread]
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "odbc/connection.hpp"

namespace sluice::odbc {

class Lanes {
 public:
  // One that is idle, or nothing.
  std::unique_ptr<Connection> take() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return nullptr;
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
  }
  void give(std::unique_ptr<Connection> connection) {
    if (connection->is_cancelled() || connection->is_lost()) return;
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace sluice::odbc
