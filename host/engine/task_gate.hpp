// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "engine/stop.hpp"

namespace sluice::engine {

// Lets no more write tasks run at once than the writer can (SQLite: one). First come, first served. Any thread.
class TaskGate {
 public:
  // 0: any number
  TaskGate(std::uint32_t most, Stop& stop);

  // Waits for a place; false when the run is stopping.
  bool enter();
  void leave();
  bool is_limited() const { return most_ != 0; }

 private:
  const std::uint32_t most_;
  Stop& stop_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint32_t inside_ = 0;
  std::uint64_t next_ticket_ = 0;
  std::uint64_t serving_ = 0;
  Stop::Waker waker_;
};

}  // namespace sluice::engine
