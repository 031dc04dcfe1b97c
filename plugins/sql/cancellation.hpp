// SPDX-License-Identifier: Apache-2.0
// Lets cancel() reach a connection that comes later than its owner, or gives way to another one. [any-thread]
#pragma once

#include <mutex>

#include "sluice/error.hpp"

namespace sluice::sql {

template <class Connection>
class Cancellation {
 public:
  // From now on this one is cancelled, until another one is watched; it lives that long. Throws when cancel() was first.
  void watch(Connection& connection) {
    const std::lock_guard lock(mutex_);
    if (is_cancelled_) throw cancelled();
    connection_ = &connection;
  }
  void cancel() noexcept {
    const std::lock_guard lock(mutex_);
    is_cancelled_ = true;
    if (connection_ != nullptr) connection_->cancel();
  }

 private:
  std::mutex mutex_;
  Connection* connection_ = nullptr;
  bool is_cancelled_ = false;
};

}  // namespace sluice::sql
