// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <utility>

namespace sluice::plugin {

// Keeps an [any-thread] cancel apart from the call that ends its object: whoever comes first is waited for, and after
// the end nothing passes. The end may be called more than once.
class Gate {
 public:
  template <class Function>
  void pass(Function&& cancel) {
    std::lock_guard lock(mutex_);
    if (open_) cancel();
  }
  // True the first time.
  bool close() {
    std::lock_guard lock(mutex_);
    return std::exchange(open_, false);
  }

 private:
  std::mutex mutex_;
  bool open_ = true;
};

}  // namespace sluice::plugin
