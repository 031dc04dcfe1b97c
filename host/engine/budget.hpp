// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "engine/stop.hpp"

namespace sluice::engine {

// The job's memory for batches and for plugins' private buffers, in bytes. Any thread.
class Budget {
 public:
  Budget(std::uint64_t limit, Stop& stop);

  // Something that an `urgent` looks at has changed.
  void look_again();

  std::uint64_t limit() const { return limit_; }
  std::uint64_t used() const;
  std::uint64_t peak() const;

 private:
  friend class Reservation;
  friend class Share;

  bool fits(std::uint64_t bytes) const;
  void note_peak();

  const std::uint64_t limit_;
  Stop& stop_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t batches_ = 0;  // of all shares
  std::uint64_t flowing_ = 0;  // of those that flow
  std::uint64_t reserved_ = 0;
  std::uint32_t patient_holders_ = 0;  // reservations that have waited, and hold something
  std::uint64_t peak_ = 0;
  Stop::Waker waker_;
};

// What the batches of one split hold of the budget. Any thread.
//
// A batch gets room when it is there, when no other batch is charged (one may be larger than the budget, and plugins
// may have reserved all of it), or when its holder says that it must have it because nothing goes on before. Once a
// share flows, only batches of others that flow count for that: those that wait for their turn to be written wait for
// this one.
class Share {
 public:
  explicit Share(Budget& budget) : budget_(budget) {}
  Share(const Share&) = delete;
  Share& operator=(const Share&) = delete;

  // Waits for room for a batch. `urgent` is asked again whenever something changed; `before_waiting` runs once,
  // outside the lock, if there is no room at once. False when the run is stopping.
  bool acquire(std::uint64_t bytes, const std::function<bool()>& urgent, const std::function<void()>& before_waiting);
  // Charges a batch without waiting: for what is there already.
  void charge(std::uint64_t bytes);
  void release(std::uint64_t bytes);
  // Its batches are being written from now on.
  void flow();
  std::uint64_t used() const { return bytes_; }

 private:
  void add(std::uint64_t bytes);

  Budget& budget_;
  std::atomic<std::uint64_t> bytes_{0};  // changed under the budget's lock, and looked at by an `urgent` there
  bool flows_ = false;                   // guarded by the budget
};

// Bytes of batches charged to a share, given back at the end of its life. Move-only.
class Charge {
 public:
  Charge() = default;
  Charge(std::shared_ptr<Share> share, std::uint64_t bytes) : share_(std::move(share)), bytes_(bytes) {}  // acquired
  Charge(Charge&& other) noexcept;
  Charge& operator=(Charge&& other) noexcept;
  ~Charge() { reset(); }

  std::uint64_t bytes() const { return bytes_; }
  // Makes it `bytes` long, without waiting.
  void resize(std::uint64_t bytes);

 private:
  void reset();

  std::shared_ptr<Share> share_;
  std::uint64_t bytes_ = 0;
};

// What one instance or task of a plugin has reserved for buffers of its own: never more than the budget, and given
// back at the end of its life at the latest. Any thread.
//
// What is expected of a task can be set aside before it begins; what it takes comes out of that first.
//
// A patient one waits with its first bytes until there is room, or until no other patient one holds any. That is for
// tasks that read, until their first batch is asked for: their lane has taken nothing so far, so that nobody waits for
// them. All others get theirs at once, and batches wait instead: to hold up a writer, or a reader with room for its
// next batch, would hold up all that its lane has taken already.
class Reservation {
 public:
  Reservation(Budget& budget, bool is_patient) : budget_(budget), is_patient_(is_patient) {}
  Reservation(const Reservation&) = delete;
  Reservation& operator=(const Reservation&) = delete;
  ~Reservation();

  enum class Answer { granted, too_much, stopping };
  Answer take(std::uint64_t bytes);
  // What it does not hold is no concern of the budget.
  void give_back(std::uint64_t bytes);
  // From now on.
  void wait_no_more();

  // Waits, as a patient one, for `bytes`. They are asked for again whenever something changed, and so is `given_up`:
  // false when it answers yes, or when the run is stopping.
  bool set_aside(const std::function<std::uint64_t()>& bytes, const std::function<bool()>& given_up);
  // Gives back what is set aside beyond `bytes`, and not taken.
  void keep_aside(std::uint64_t bytes);
  // The most that was taken at a time.
  std::uint64_t most_taken() const;

 private:
  std::uint64_t held() const { return std::max(taken_, aside_); }
  void hold(std::uint64_t taken, std::uint64_t aside);

  Budget& budget_;
  const bool is_patient_;
  bool may_wait_ = is_patient_;  // this and all below are guarded by the budget
  std::uint64_t taken_ = 0;
  std::uint64_t aside_ = 0;
  std::uint64_t most_taken_ = 0;
};

}  // namespace sluice::engine
