// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>

namespace sluice::engine {

// The one way in which a run ends early. Whoever blocks registers how to wake it; everybody else asks requested() at
// batch boundaries. Never taken back. Any thread.
class Stop {
  using Wakers = std::list<std::function<void()>>;

 public:
  // Keeps a waker registered while it lives. A waker runs on the thread that requests the stop, once, also when the
  // stop came first; it must not block.
  class Waker {
   public:
    Waker(Stop& stop, std::function<void()> wake);
    ~Waker();
    Waker(const Waker&) = delete;
    Waker& operator=(const Waker&) = delete;

   private:
    Stop& stop_;
    Wakers::iterator at_;
  };

  void request();
  bool requested() const { return requested_.load(std::memory_order_acquire); }
  // Sleeps; true, at once, when the run is stopping.
  bool wait_until(std::chrono::steady_clock::time_point);
  bool wait_for(std::chrono::milliseconds);

 private:
  std::atomic<bool> requested_{false};
  std::mutex mutex_;
  std::condition_variable changed_;
  Wakers wakers_;
};

}  // namespace sluice::engine
