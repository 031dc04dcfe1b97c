// SPDX-License-Identifier: Apache-2.0
#include "engine/pipe.hpp"

#include <utility>

namespace sluice::engine {
namespace {

// Waits for `ready` and adds the time to `sum`; the clock is read only when there is something to wait for.
template <class Ready>
void timed_wait(std::condition_variable& changed, std::unique_lock<std::mutex>& lock, std::chrono::nanoseconds& sum,
                Ready ready) {
  if (ready()) return;
  const auto start = std::chrono::steady_clock::now();
  changed.wait(lock, ready);
  sum += std::chrono::steady_clock::now() - start;
}

}  // namespace

bool Pipe::put(Parcel parcel) {
  std::unique_lock lock(mutex_);
  timed_wait(changed_, lock, put_wait_,
             [&] { return aborted_ || parcels_.empty() || bytes_ + parcel.bytes <= capacity_; });
  if (aborted_) return false;
  bytes_ += parcel.bytes;
  parcels_.push_back(std::move(parcel));
  flush_asked_ = false;
  drained_ = false;
  changed_.notify_all();
  return true;
}

void Pipe::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

void Pipe::abort() {
  std::deque<Parcel> dropped;
  {
    const std::lock_guard lock(mutex_);
    aborted_ = true;
    dropped.swap(parcels_);
    bytes_ = 0;
    changed_.notify_all();
  }
}

Pipe::Taken Pipe::take(Parcel& out) {
  std::unique_lock lock(mutex_);
  timed_wait(changed_, lock, take_wait_, [&] { return aborted_ || !parcels_.empty() || closed_ || flush_asked_; });
  if (aborted_) return Taken::aborted;
  if (parcels_.empty()) {
    if (closed_) return Taken::end;
    flush_asked_ = false;
    return Taken::flush;
  }
  out = std::move(parcels_.front());
  parcels_.pop_front();
  bytes_ -= out.bytes;
  changed_.notify_all();
  return Taken::parcel;
}

void Pipe::ask_flush() {
  const std::lock_guard lock(mutex_);
  flush_asked_ = true;
  changed_.notify_all();
}

void Pipe::flushed() {
  const std::lock_guard lock(mutex_);
  drained_ = parcels_.empty();
}

bool Pipe::is_drained() const {
  const std::lock_guard lock(mutex_);
  return drained_;
}

bool Pipe::is_aborted() const {
  const std::lock_guard lock(mutex_);
  return aborted_;
}

std::chrono::nanoseconds Pipe::put_wait() const {
  const std::lock_guard lock(mutex_);
  return put_wait_;
}

std::chrono::nanoseconds Pipe::take_wait() const {
  const std::lock_guard lock(mutex_);
  return take_wait_;
}

}  // namespace sluice::engine
