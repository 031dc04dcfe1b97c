// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::engine {

// Knows which plugin calls are under way and for how long. Calls register themselves, from any thread; one thread
// looks. A call that is overdue is named once, and cancelled; prepare, commit and complete are only named, because
// their outcome must not be guessed.
class Watchdog {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Watchdog(std::chrono::milliseconds limit) : limit_(limit) {}

 private:
  struct Slot {
    std::string_view who;
    std::string_view split;
    Clock::time_point start;
    std::function<void()> cancel;
    bool named = false;
    std::optional<Clock::time_point> cancelled = std::nullopt;
    bool is_paused = false;
  };

 public:
  class Pause;

  // A call under way, while it lives. `who` ("writer sqlite, write") and `split` must outlive it. Without `cancel`
  // it is only named.
  class Call {
   public:
    Call(Watchdog& watchdog, std::string_view who, std::string_view split, std::function<void()> cancel = {});
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

   private:
    friend class Pause;
    Watchdog& watchdog_;
    std::list<Slot>::iterator at_;
    Call* const around_;  // the call that this thread was in before
  };

  // For a call that may be left, but knows no cancel.
  static void no_cancel() {}

  // While it lives, the call that this thread is in waits for the host: that is not the plugin's time.
  class Pause {
   public:
    Pause();
    ~Pause();
    Pause(const Pause&) = delete;
    Pause& operator=(const Pause&) = delete;

   private:
    Call* const call_;
  };

  // The call that this thread is in; empty for none. Async-signal-safe.
  static std::string_view current_call();

  struct Overdue {
    std::string text;  // "no answer within 30 s: writer sqlite, write, split id 1..200000"
    bool cancelled = false;
  };

  // The calls that have become overdue since the last look; those with a `cancel` have been cancelled.
  std::vector<Overdue> look(Clock::time_point now);
  // One that was cancelled so long ago has still not returned.
  bool has_deaf_call(Clock::time_point now, std::chrono::milliseconds grace);

 private:
  const std::chrono::milliseconds limit_;
  std::mutex mutex_;
  std::list<Slot> slots_;
};

}  // namespace sluice::engine
