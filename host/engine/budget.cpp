// SPDX-License-Identifier: Apache-2.0
#include "engine/budget.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

namespace sluice::engine {

Budget::Budget(std::uint64_t limit, Stop& stop) : limit_(limit), stop_(stop), waker_(stop, [this] { look_again(); }) {}

bool Budget::fits(std::uint64_t bytes) const {
  const std::uint64_t taken = batches_ + reserved_;
  return taken <= limit_ && bytes <= limit_ - taken;
}

void Budget::note_peak() { peak_ = std::max(peak_, batches_ + reserved_); }

bool Budget::acquire(std::uint64_t bytes, const std::function<bool()>& urgent,
                     const std::function<void()>& before_waiting) {
  const auto has_room = [&] { return batches_ == 0 || fits(bytes); };
  std::unique_lock lock(mutex_);
  if (!has_room()) {
    lock.unlock();
    before_waiting();
    lock.lock();
    changed_.wait(lock, [&] { return stop_.requested() || has_room() || urgent(); });
  }
  if (stop_.requested()) return false;
  batches_ += bytes;
  note_peak();
  return true;
}

void Budget::charge(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  batches_ += bytes;
  note_peak();
}

void Budget::release(std::uint64_t bytes) {
  if (bytes == 0) return;
  const std::lock_guard lock(mutex_);
  assert(batches_ >= bytes);
  batches_ -= bytes;
  changed_.notify_all();
}

void Budget::look_again() {
  const std::lock_guard lock(mutex_);
  changed_.notify_all();
}

std::uint64_t Budget::used() const {
  const std::lock_guard lock(mutex_);
  return batches_ + reserved_;
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

Reservation::~Reservation() { give_back(std::numeric_limits<std::uint64_t>::max()); }

Reservation::Answer Reservation::take(std::uint64_t bytes) {
  std::unique_lock lock(budget_.mutex_);
  const auto is_too_much = [&] { return bytes > budget_.limit_ - held_; };
  if (is_too_much()) return Answer::too_much;
  if (may_wait_)
    budget_.changed_.wait(lock, [&] {
      return budget_.stop_.requested() || held_ > 0 || budget_.patient_holders_ == 0 || budget_.fits(bytes);
    });
  if (budget_.stop_.requested()) return Answer::stopping;
  if (is_too_much()) return Answer::too_much;  // another thread of the plugin was faster
  if (is_patient_ && held_ == 0 && bytes > 0) ++budget_.patient_holders_;
  held_ += bytes;
  budget_.reserved_ += bytes;
  budget_.note_peak();
  return Answer::granted;
}

void Reservation::wait_no_more() {
  const std::lock_guard lock(budget_.mutex_);
  may_wait_ = false;
}

void Reservation::give_back(std::uint64_t bytes) {
  const std::lock_guard lock(budget_.mutex_);
  bytes = std::min(bytes, held_);
  if (bytes == 0) return;
  held_ -= bytes;
  budget_.reserved_ -= bytes;
  if (is_patient_ && held_ == 0) --budget_.patient_holders_;
  budget_.changed_.notify_all();
}

}  // namespace sluice::engine
