// SPDX-License-Identifier: Apache-2.0
#include "engine/task_gate.hpp"

#include <utility>

namespace sluice::engine {

TaskGate::TaskGate(std::uint32_t most, Stop& stop)
    : most_(most), stop_(stop), waker_(stop, [this] {
        const std::lock_guard lock(mutex_);
        changed_.notify_all();
      }) {}

TaskGate::Place TaskGate::enter() {
  std::unique_lock lock(mutex_);
  const std::uint64_t ticket = next_ticket_++;
  changed_.wait(lock, [&] { return stop_.requested() || (ticket == serving_ && (most_ == 0 || inside_ < most_)); });
  if (stop_.requested()) return {};  // nobody is served any more
  ++serving_;
  ++inside_;
  changed_.notify_all();
  return Place(*this);
}

TaskGate::Place::Place(Place&& other) noexcept : gate_(std::exchange(other.gate_, nullptr)) {}

TaskGate::Place& TaskGate::Place::operator=(Place&& other) noexcept {
  std::swap(gate_, other.gate_);
  return *this;
}

TaskGate::Place::~Place() {
  if (gate_ == nullptr) return;
  const std::lock_guard lock(gate_->mutex_);
  --gate_->inside_;
  gate_->changed_.notify_all();
}

}  // namespace sluice::engine
