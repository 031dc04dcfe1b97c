// SPDX-License-Identifier: Apache-2.0
// Sees to it that a transaction's number outlives a crash of the server, before it is noted. Numbers of which nothing
// had reached the server's log are given out again after its recovery: pg_xact_status would speak of another one.
#pragma once

#include <memory>
#include <mutex>

#include "postgresql/connection.hpp"

namespace sluice::postgresql {

class Witness {
 public:
  // Shares the job's connection, which is idle while splits are written.
  explicit Witness(std::shared_ptr<Connection> job) : connection_(std::move(job)) {}

  // [any-thread] All that the server has logged so far is on its disk.
  void press() {
    const std::lock_guard lock(mutex_);
    if (!connection_->is_alive()) connection_ = std::make_shared<Connection>(connection_->settings());
    // A transaction that has nothing to log would not wait for the disk. Nobody listens to the message.
    connection_->execute("SET synchronous_commit = on; SELECT pg_logical_emit_message(true, 'sluice', '')", "commit");
  }

 private:
  std::mutex mutex_;
  std::shared_ptr<Connection> connection_;
};

}  // namespace sluice::postgresql
