// SPDX-License-Identifier: Apache-2.0
#include "engine/budget.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace sluice::engine {

Budget::Budget(std::uint64_t limit, Stop& stop) : limit_(limit), stop_(stop), waker_(stop, [this] { look_again(); }) {}

bool Budget::has_room(std::uint64_t bytes) const { return used_ == 0 || used_ + bytes <= limit_; }

bool Budget::acquire(std::uint64_t bytes, const std::function<bool()>& urgent,
                     const std::function<void()>& before_waiting) {
  std::unique_lock lock(mutex_);
  if (!has_room(bytes)) {
    lock.unlock();
    before_waiting();
    lock.lock();
    changed_.wait(lock, [&] { return stop_.requested() || has_room(bytes) || urgent(); });
  }
  if (stop_.requested()) return false;
  used_ += bytes;
  peak_ = std::max(peak_, used_);
  return true;
}

void Budget::charge(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  used_ += bytes;
  peak_ = std::max(peak_, used_);
}

void Budget::release(std::uint64_t bytes) {
  if (bytes == 0) return;
  const std::lock_guard lock(mutex_);
  assert(used_ >= bytes);
  used_ -= bytes;
  changed_.notify_all();
}

void Budget::look_again() {
  const std::lock_guard lock(mutex_);
  changed_.notify_all();
}

std::uint64_t Budget::used() const {
  const std::lock_guard lock(mutex_);
  return used_;
}

std::uint64_t Budget::peak() const {
  const std::lock_guard lock(mutex_);
  return peak_;
}

Charge::Charge(Charge&& other) noexcept
    : budget_(std::exchange(other.budget_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}

Charge& Charge::operator=(Charge&& other) noexcept {
  std::swap(budget_, other.budget_);
  std::swap(bytes_, other.bytes_);
  return *this;
}

void Charge::resize(std::uint64_t bytes) {
  if (budget_ == nullptr) return;
  if (bytes > bytes_) budget_->charge(bytes - bytes_);
  if (bytes < bytes_) budget_->release(bytes_ - bytes);
  bytes_ = bytes;
}

void Charge::reset() {
  if (budget_ != nullptr) budget_->release(bytes_);
  budget_ = nullptr;
}

}  // namespace sluice::engine
