// SPDX-License-Identifier: Apache-2.0
#include "engine/watchdog.hpp"

#include <algorithm>
#include <utility>

namespace sluice::engine {
namespace {

thread_local Watchdog::Call* current = nullptr;
thread_local std::string_view current_who;  // for signal handlers

}  // namespace

std::string_view Watchdog::current_call() { return current_who; }

Watchdog::Call::Call(Watchdog& watchdog, std::string_view who, std::string_view split, std::function<void()> cancel)
    : watchdog_(watchdog), around_(current) {
  {
    const std::lock_guard lock(watchdog_.mutex_);
    at_ = watchdog_.slots_.insert(watchdog_.slots_.end(), {who, split, Clock::now(), std::move(cancel)});
  }
  current = this;
  current_who = who;
}

Watchdog::Call::~Call() {
  current = around_;
  current_who = around_ == nullptr ? std::string_view() : around_->at_->who;
  const std::lock_guard lock(watchdog_.mutex_);
  watchdog_.slots_.erase(at_);
}

Watchdog::Pause::Pause() : call_(current) {
  if (call_ == nullptr) return;
  const std::lock_guard lock(call_->watchdog_.mutex_);
  call_->at_->is_paused = true;
}

Watchdog::Pause::~Pause() {
  if (call_ == nullptr) return;
  const std::lock_guard lock(call_->watchdog_.mutex_);
  call_->at_->is_paused = false;
  call_->at_->start = Clock::now();
}

bool Watchdog::has_deaf_call(Clock::time_point now, std::chrono::milliseconds grace) {
  const std::lock_guard lock(mutex_);
  return std::any_of(slots_.begin(), slots_.end(),
                     [&](const Slot& slot) { return slot.cancelled && now - *slot.cancelled >= grace; });
}

std::vector<Watchdog::Overdue> Watchdog::look(Clock::time_point now) {
  std::vector<Overdue> overdue;
  if (limit_.count() == 0) return overdue;
  const std::lock_guard lock(mutex_);
  for (auto& slot : slots_) {
    if (slot.named || slot.is_paused || now - slot.start < limit_) continue;
    slot.named = true;
    std::string text = "no answer within " + std::to_string(limit_.count()) + " ms: " + std::string(slot.who);
    if (!slot.split.empty()) text += ", split " + std::string(slot.split);
    overdue.push_back({std::move(text), static_cast<bool>(slot.cancel)});
    if (!slot.cancel) continue;
    slot.cancelled = now;
    slot.cancel();
  }
  return overdue;
}

}  // namespace sluice::engine
