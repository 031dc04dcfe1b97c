// SPDX-License-Identifier: Apache-2.0
#include "launch/child_runner.hpp"

#include <algorithm>
#include <utility>

#include "engine/stored_plan.hpp"
#include "launch/child_link.hpp"
#include "launch/messages.hpp"

namespace sluice::launch {
namespace {

namespace json = boost::json;
using engine::SplitOutcome;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds look{100};
constexpr std::chrono::milliseconds grace{1000};  // for a child that was asked to stop

SplitOutcome failed(plugin::Failure failure, engine::Attempt attempt) {
  SplitOutcome outcome;
  outcome.status = SplitOutcome::Status::failed;
  outcome.retry = failure.retryable() && !failure.outcome_unknown() && !attempt.last;
  outcome.failure = std::move(failure);
  return outcome;
}

SplitOutcome committed(const engine::Counters& sums) {
  SplitOutcome outcome;
  outcome.status = SplitOutcome::Status::committed;
  outcome.counters = sums;
  return outcome;
}

}  // namespace

ChildRunner::ChildRunner(const engine::ResolvedJob& resolved, engine::RunResources& run,
                         std::filesystem::path directory, std::filesystem::path program)
    : run_(run),
      directory_(std::move(directory)),
      program_(std::move(program)),
      first_message_(to_json(resolved, run.job)) {
  first_message_["directory"] = directory_.string();
}

plugin::Result<std::unique_ptr<ChildProcess>> ChildRunner::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto child = std::move(idle_.back());
      idle_.pop_back();
      return child;
    }
  }
  return ChildProcess::start(program_, first_message_);
}

SplitOutcome ChildRunner::run(const plugin::Split& split, engine::Attempt attempt) {
  auto place = std::make_shared<const engine::Place>(run_.link);
  if (!*place) return {};
  auto child = take();
  if (!child) return failed(child.error(), attempt);
  bool alive = true;
  SplitOutcome outcome = converse(**child, split, attempt, alive);
  outcome.place = std::move(place);
  const std::lock_guard lock(mutex_);
  if (alive)
    idle_.push_back(std::move(*child));
  else
    memory_ -= (*child)->peak_memory;
  return outcome;
}

std::uint64_t ChildRunner::peak_memory() const {
  const std::lock_guard lock(mutex_);
  return peak_memory_;
}

void ChildRunner::note_memory(ChildProcess& child, std::uint64_t peak) {
  const std::lock_guard lock(mutex_);
  memory_ += peak - child.peak_memory;
  child.peak_memory = peak;
  peak_memory_ = std::max(peak_memory_, memory_);
}

SplitOutcome ChildRunner::converse(ChildProcess& child, const plugin::Split& split, engine::Attempt attempt,
                                   bool& alive) {
  LinkServer server(run_.link);
  std::optional<Clock::time_point> kill_at;
  child.wire().send({{"split", engine::to_json(split)}, {"attempt", attempt.number}, {"last", attempt.last}});
  for (;;) {
    if (run_.services.stop.requested()) {
      if (!kill_at) child.stop();
      if (!kill_at) kill_at = Clock::now() + grace;
      // The outcome of a commit must not be guessed. After a signal the run leaves, and its children with it.
      if (Clock::now() >= *kill_at && !server.open_commit()) child.kill();
    }
    const bool was_dead = child.is_dead();
    json::object message;
    const auto state = child.wire().receive(message, look);
    if (state == Wire::State::nothing_yet && !was_dead) continue;
    if (state != Wire::State::message) break;
    try {
      if (auto answer = server.answer(message)) {
        child.wire().send(*answer);
      } else if (message.contains("outcome")) {
        alive = !message.at("leaves").as_bool();
        note_memory(child, message.at("memory").to_number<std::uint64_t>());
        return outcome_of(message.at("outcome").as_object());
      } else {
        hear(message);
      }
    } catch (const std::exception&) {
      break;  // no message of a child
    }
  }
  alive = false;
  return died(child, server, attempt);
}

// The child is gone. If that was during a commit, the destination must say what became of it.
SplitOutcome ChildRunner::died(ChildProcess& child, LinkServer& server, engine::Attempt attempt) {
  if (server.committed()) return committed(*server.committed());  // it died behind that
  plugin::Failure failure;
  failure.code = SLUICE_INTERNAL;
  failure.flags = SLUICE_RETRYABLE;
  const std::string parts = ChildLink::part_name(child.process());
  child.kill();
  failure.message = "the process of the split ended: " + child.epitaph();
  engine::remove_parts(directory_, parts);
  const auto& commit = server.open_commit();
  if (!commit) {
    if (const auto kept = server.take_back(); !kept) return failed(kept.error(), attempt);
    if (run_.services.stop.requested()) return {};
    return failed(std::move(failure), attempt);
  }
  const auto settled = engine::settle(*commit, std::move(failure), run_.job, run_.watchdog);
  if (settled) {
    SplitOutcome outcome = committed(server.reserved());
    if (const auto kept = run_.link.committed(commit->split, commit->attempt); !kept) outcome.failure = kept.error();
    return outcome;
  }
  if (settled.error().outcome_unknown()) {
    SplitOutcome outcome = failed(settled.error(), attempt);
    outcome.counters.read = outcome.counters.dirty = server.reserved().dirty;  // they are in the run's file
    return outcome;
  }
  if (const auto kept = run_.link.rolled_back(commit->split, commit->attempt); !kept)
    return failed(kept.error(), attempt);
  if (const auto kept = server.take_back(); !kept) return failed(kept.error(), attempt);
  return failed(settled.error(), attempt);
}

void ChildRunner::hear(const json::object& message) {
  const auto text = [&](const char* key) { return std::string(message.at(key).as_string()); };
  const auto count = [&](const char* key) { return message.at(key).to_number<std::uint64_t>(); };
  const std::string what = text("tell");
  if (what == "passed")
    run_.link.passed({count("read"), count("written"), count("dirty"), count("bytes")});
  else if (what == "log")
    run_.services.log.write(static_cast<engine::LogLevel>(message.at("level").to_number<int>()), text("source"),
                            text("text"));
  else if (what == "facts")
    run_.services.add(facts_of(message.at("facts").as_object()));
  else if (what == "warning")
    run_.services.warn(text("text"));
}

}  // namespace sluice::launch
