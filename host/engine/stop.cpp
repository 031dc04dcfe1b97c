// SPDX-License-Identifier: Apache-2.0
#include "engine/stop.hpp"

#include <utility>

namespace sluice::engine {

Stop::Waker::Waker(Stop& stop, std::function<void()> wake) : stop_(stop) {
  const std::lock_guard lock(stop_.mutex_);
  at_ = stop_.wakers_.insert(stop_.wakers_.end(), std::move(wake));
  if (stop_.requested()) (*at_)();
}

// Waits for a waker that is running: what it wakes may be destroyed afterwards.
Stop::Waker::~Waker() {
  const std::lock_guard lock(stop_.mutex_);
  stop_.wakers_.erase(at_);
}

void Stop::request() {
  const std::lock_guard lock(mutex_);
  if (requested_.exchange(true, std::memory_order_acq_rel)) return;
  changed_.notify_all();
  for (const auto& wake : wakers_) wake();
}

bool Stop::wait_until(std::chrono::steady_clock::time_point time) {
  std::unique_lock lock(mutex_);
  return changed_.wait_until(lock, time, [this] { return requested(); });
}

bool Stop::wait_for(std::chrono::milliseconds time) { return wait_until(std::chrono::steady_clock::now() + time); }

}  // namespace sluice::engine
