// SPDX-License-Identifier: Apache-2.0
#include "engine/budget.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace sluice::engine {

Budget::Budget(std::uint64_t limit, Stop& stop) : limit_(limit), stop_(stop), waker_(stop, [this] { look_again(); }) {}

bool Budget::fits(std::uint64_t bytes) const {
  const std::uint64_t taken = batches_ + reserved_;
  return taken <= limit_ && bytes <= limit_ - taken;
}

void Budget::note_peak() { peak_ = std::max(peak_, batches_ + reserved_); }

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

bool Share::acquire(std::uint64_t bytes, const std::function<bool()>& urgent,
                    const std::function<void()>& before_waiting) {
  const auto has_room = [&] { return (flows_ ? budget_.flowing_ : budget_.batches_) == 0 || budget_.fits(bytes); };
  std::unique_lock lock(budget_.mutex_);
  if (!has_room()) {
    lock.unlock();
    before_waiting();
    lock.lock();
    budget_.changed_.wait(lock, [&] { return budget_.stop_.requested() || has_room() || urgent(); });
  }
  if (budget_.stop_.requested()) return false;
  add(bytes);
  return true;
}

void Share::charge(std::uint64_t bytes) {
  const std::lock_guard lock(budget_.mutex_);
  add(bytes);
}

// Under the budget's lock.
void Share::add(std::uint64_t bytes) {
  bytes_ += bytes;
  budget_.batches_ += bytes;
  if (flows_) budget_.flowing_ += bytes;
  budget_.note_peak();
}

void Share::release(std::uint64_t bytes) {
  if (bytes == 0) return;
  const std::lock_guard lock(budget_.mutex_);
  assert(bytes_ >= bytes);
  bytes_ -= bytes;
  budget_.batches_ -= bytes;
  if (flows_) budget_.flowing_ -= bytes;
  budget_.changed_.notify_all();
}

void Share::flow() {
  const std::lock_guard lock(budget_.mutex_);
  if (flows_) return;
  flows_ = true;
  budget_.flowing_ += bytes_;
  budget_.changed_.notify_all();
}

Charge::Charge(Charge&& other) noexcept
    : share_(std::exchange(other.share_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}

Charge& Charge::operator=(Charge&& other) noexcept {
  std::swap(share_, other.share_);
  std::swap(bytes_, other.bytes_);
  return *this;
}

void Charge::resize(std::uint64_t bytes) {
  if (!share_) return;
  if (bytes > bytes_) share_->charge(bytes - bytes_);
  if (bytes < bytes_) share_->release(bytes_ - bytes);
  bytes_ = bytes;
}

void Charge::reset() {
  if (share_) share_->release(bytes_);
  share_.reset();
}

Reservation::~Reservation() {
  const std::lock_guard lock(budget_.mutex_);
  hold(0, 0);
}

Reservation::Answer Reservation::take(std::uint64_t bytes) {
  std::unique_lock lock(budget_.mutex_);
  const auto is_too_much = [&] { return bytes > budget_.limit_ - taken_; };
  if (is_too_much()) return Answer::too_much;
  if (may_wait_)
    budget_.changed_.wait(lock, [&] {
      return budget_.stop_.requested() || held() > 0 || budget_.patient_holders_ == 0 || budget_.fits(bytes);
    });
  if (budget_.stop_.requested()) return Answer::stopping;
  if (is_too_much()) return Answer::too_much;  // another thread of the plugin was faster
  hold(taken_ + bytes, aside_);
  return Answer::granted;
}

bool Reservation::set_aside(const std::function<std::uint64_t()>& bytes, const std::function<bool()>& given_up) {
  std::unique_lock lock(budget_.mutex_);
  std::uint64_t wanted = 0;
  budget_.changed_.wait(lock, [&] {
    if (budget_.stop_.requested() || given_up()) return true;
    wanted = bytes();
    return wanted == 0 || budget_.patient_holders_ == 0 || budget_.fits(wanted);
  });
  if (budget_.stop_.requested() || given_up()) return false;
  hold(taken_, std::min(wanted, budget_.limit_));
  return true;
}

void Reservation::keep_aside(std::uint64_t bytes) {
  const std::lock_guard lock(budget_.mutex_);
  if (bytes < aside_) hold(taken_, bytes);
}

std::uint64_t Reservation::most_taken() const {
  const std::lock_guard lock(budget_.mutex_);
  return most_taken_;
}

void Reservation::wait_no_more() {
  const std::lock_guard lock(budget_.mutex_);
  may_wait_ = false;
}

void Reservation::give_back(std::uint64_t bytes) {
  const std::lock_guard lock(budget_.mutex_);
  hold(taken_ - std::min(bytes, taken_), aside_);
}

// Under the budget's lock.
void Reservation::hold(std::uint64_t taken, std::uint64_t aside) {
  const std::uint64_t before = held();
  taken_ = taken;
  aside_ = aside;
  most_taken_ = std::max(most_taken_, taken);
  budget_.reserved_ = budget_.reserved_ - before + held();
  budget_.note_peak();
  if (is_patient_ && before == 0 && held() > 0) ++budget_.patient_holders_;
  if (is_patient_ && before > 0 && held() == 0) --budget_.patient_holders_;
  if (held() < before) budget_.changed_.notify_all();
}

}  // namespace sluice::engine
