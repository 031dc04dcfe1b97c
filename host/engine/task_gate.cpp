// SPDX-License-Identifier: Apache-2.0
#include "engine/task_gate.hpp"

namespace sluice::engine {

TaskGate::TaskGate(std::uint32_t most, Stop& stop)
    : most_(most), stop_(stop), waker_(stop, [this] {
        const std::lock_guard lock(mutex_);
        changed_.notify_all();
      }) {}

bool TaskGate::enter() {
  std::unique_lock lock(mutex_);
  const std::uint64_t ticket = next_ticket_++;
  changed_.wait(lock, [&] { return stop_.requested() || (ticket == serving_ && (most_ == 0 || inside_ < most_)); });
  if (stop_.requested()) return false;  // nobody is served any more
  ++serving_;
  ++inside_;
  changed_.notify_all();
  return true;
}

void TaskGate::leave() {
  const std::lock_guard lock(mutex_);
  --inside_;
  changed_.notify_all();
}

}  // namespace sluice::engine
