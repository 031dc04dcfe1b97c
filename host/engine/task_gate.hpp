// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "engine/stop.hpp"

namespace sluice::engine {

// Lets no more tasks run at once than there are places: of a writer that can only run so many (SQLite: one), or of the
// job's lanes. First come, first served. Any thread.
class TaskGate {
 public:
  // 0: any number
  TaskGate(std::uint32_t most, Stop& stop);

  // Waits for a place; false when the run is stopping.
  bool enter();
  void leave();

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
