// SPDX-License-Identifier: Apache-2.0
#include "faults.hpp"

#include <algorithm>
#include <charconv>
#include <iostream>

namespace sluice::fault_proxy {
namespace {

constexpr const char* names[] = {"lose", "swallow", "reset", "stall"};

std::optional<Action> action_of(std::string_view name) {
  const auto* const found = std::find(std::begin(names), std::end(names), name);
  if (found == std::end(names)) return std::nullopt;
  return static_cast<Action>(found - std::begin(names));
}

Action tell(const std::string& where, Action action) {
  std::cout << where << ' ' << names[static_cast<int>(action)] << std::endl;
  return action;
}

}  // namespace

bool Faults::add(const std::string& text) {
  constexpr std::string_view event = "commit:";
  const std::size_t colon = text.rfind(':');
  if (!text.starts_with(event) || colon <= event.size()) return false;
  const auto action = action_of(std::string_view(text).substr(colon + 1));
  std::uint64_t number = 0;
  const char* const end = text.data() + colon;
  if (!action || std::from_chars(text.data() + event.size(), end, number).ptr != end) return false;
  planned_.push_back({number, *action});
  return true;
}

void Faults::at_random(std::uint64_t seed, double mean_bytes, std::uint64_t most) {
  random_.seed(seed);
  mean_bytes_ = mean_bytes;
  left_ = most;
  draw();
}

void Faults::draw() { bytes_left_ = std::exponential_distribution<>(1 / mean_bytes_)(random_); }

std::optional<Action> Faults::on_commit() {
  ++commits_;
  for (const Planned& planned : planned_)
    if (planned.commit == commits_) return tell("commit " + std::to_string(commits_), planned.action);
  return std::nullopt;
}

std::optional<Action> Faults::on_bytes(std::size_t count) {
  if (left_ == 0) return std::nullopt;
  bytes_left_ -= static_cast<double>(count);
  if (bytes_left_ > 0) return std::nullopt;
  --left_;
  draw();
  constexpr Action any[] = {Action::lose, Action::reset, Action::stall};
  return tell("bytes", any[std::uniform_int_distribution<std::size_t>(0, 2)(random_)]);
}

}  // namespace sluice::fault_proxy
