// SPDX-License-Identifier: Apache-2.0
#include "engine/watchdog.hpp"

#include <algorithm>
#include <utility>

namespace sluice::engine {
namespace {

thread_local std::string_view current;

}  // namespace

std::string_view Watchdog::current_call() { return current; }

bool Watchdog::has_named() {
  const std::lock_guard lock(mutex_);
  return std::any_of(slots_.begin(), slots_.end(), [](const Slot& slot) { return slot.named; });
}

Watchdog::Call::Call(Watchdog& watchdog, std::string_view who, std::string_view split, std::function<void()> cancel)
    : watchdog_(watchdog), around_(current) {
  current = who;
  const std::lock_guard lock(watchdog_.mutex_);
  at_ = watchdog_.slots_.insert(watchdog_.slots_.end(), {who, split, Clock::now(), std::move(cancel), false});
}

Watchdog::Call::~Call() {
  current = around_;
  const std::lock_guard lock(watchdog_.mutex_);
  watchdog_.slots_.erase(at_);
}

std::vector<Watchdog::Overdue> Watchdog::look(Clock::time_point now) {
  std::vector<Overdue> overdue;
  const std::lock_guard lock(mutex_);
  for (auto& slot : slots_) {
    if (slot.named || now - slot.start < limit_) continue;
    slot.named = true;
    std::string text = "no answer within " + std::to_string(limit_.count()) + " ms: " + std::string(slot.who);
    if (!slot.split.empty()) text += ", split " + std::string(slot.split);
    overdue.push_back({std::move(text), static_cast<bool>(slot.cancel)});
    if (slot.cancel) slot.cancel();
  }
  return overdue;
}

}  // namespace sluice::engine
