// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>

#include "engine/stop.hpp"

namespace sluice::engine {

// The job's memory for batches and for plugins' private buffers, in bytes. Any thread.
//
// Room is granted when it is there, or when nothing at all is charged (one batch may be larger than the budget), or
// to a holder that says it must have it because others can only go on after it did.
class Budget {
 public:
  Budget(std::uint64_t limit, Stop& stop);

  // Waits for room. `urgent` is asked again whenever something changed; `before_waiting` runs once, outside the lock,
  // if there is no room at once. False when the run is stopping.
  bool acquire(std::uint64_t bytes, const std::function<bool()>& urgent, const std::function<void()>& before_waiting);
  // Charges without waiting: for what is there already.
  void charge(std::uint64_t bytes);
  void release(std::uint64_t bytes);
  // Something that an `urgent` looks at has changed.
  void look_again();

  std::uint64_t limit() const { return limit_; }
  std::uint64_t used() const;
  std::uint64_t peak() const;

 private:
  bool has_room(std::uint64_t bytes) const;

  const std::uint64_t limit_;
  Stop& stop_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t used_ = 0;
  std::uint64_t peak_ = 0;
  Stop::Waker waker_;
};

// Bytes charged to a budget, given back at the end of its life. Move-only.
class Charge {
 public:
  Charge() = default;
  Charge(Budget& budget, std::uint64_t bytes) : budget_(&budget), bytes_(bytes) {}  // already acquired
  Charge(Charge&& other) noexcept;
  Charge& operator=(Charge&& other) noexcept;
  ~Charge() { reset(); }

  std::uint64_t bytes() const { return bytes_; }
  // Makes it `bytes` long, without waiting.
  void resize(std::uint64_t bytes);

 private:
  void reset();

  Budget* budget_ = nullptr;
  std::uint64_t bytes_ = 0;
};

}  // namespace sluice::engine
