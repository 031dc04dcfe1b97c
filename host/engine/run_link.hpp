// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "engine/counters.hpp"
#include "engine/dirty_file.hpp"
#include "plugin/failure.hpp"

namespace sluice::engine {

// Records as they pass, for the progress line.
struct Passed {
  std::uint64_t read = 0, written = 0, dirty = 0, bytes = 0;
};

// What the run of one split needs of the run as a whole: permission, order, memory of what happened. In the run's own
// process it is answered at once (LocalLink), in a child process over a socket. Any thread.
class RunLink {
 public:
  using Clock = std::chrono::steady_clock;

  virtual ~RunLink() = default;

  // When the job may go on after this batch was read.
  virtual Clock::time_point throttle(std::uint64_t bytes, std::uint64_t records) = 0;

  // A place among the tasks that the writer can run at once; false when the run is stopping.
  virtual bool enter() = 0;
  virtual void leave() = 0;

  // The error limit, see ErrorLimit.
  virtual bool is_crossed_by(std::uint64_t dirty) = 0;
  virtual bool reserve(const Counters&) = 0;
  virtual void give_back(const Counters&) = 0;

  // The dirty file, see DirtyFile.
  virtual std::unique_ptr<DirtyAttempt> attempt() = 0;
  virtual plugin::Result<void> keep(DirtyAttempt&) = 0;
  virtual plugin::Result<void> drop(const DirtyAttempt&) = 0;

  // The journal, see Journal.
  virtual plugin::Result<void> committing(const std::string& split, std::uint32_t attempt, const std::string& token,
                                          const Counters&) = 0;
  virtual plugin::Result<void> committed(const std::string& split, std::uint32_t attempt) = 0;
  virtual plugin::Result<void> rolled_back(const std::string& split, std::uint32_t attempt) = 0;

  virtual void passed(const Passed&) = 0;
};

// A place at the writer, held while it lives.
class Place {
 public:
  explicit Place(RunLink& link) : link_(link), is_held_(link.enter()) {}
  ~Place() {
    if (is_held_) link_.leave();
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  // False when the run is stopping.
  explicit operator bool() const { return is_held_; }

 private:
  RunLink& link_;
  const bool is_held_;
};

}  // namespace sluice::engine
