// SPDX-License-Identifier: Apache-2.0
#include "launch/child_link.hpp"

#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "engine/journal.hpp"
#include "launch/messages.hpp"
#include "record/base64.hpp"

namespace sluice::launch {
namespace {

namespace json = boost::json;
using engine::Counters;

json::object as_answer(const plugin::Result<void>& result) {
  if (result) return {{"ok", true}};
  return {{"ok", false}, {"failure", to_json(result.error())}};
}

Counters sums_of(const json::object& question) {
  return engine::counters_from_json(question.at("counters").as_object());
}

std::string asked_split(const json::object& question) { return std::string(question.at("split").as_string()); }

std::uint32_t asked_attempt(const json::object& question) { return question.at("attempt").to_number<std::uint32_t>(); }

}  // namespace

// ---- the child's side ----

json::object ChildLink::ask(const json::object& question) {
  const std::lock_guard lock(mutex_);
  json::object answer;
  if (!wire_.send(question)) std::_Exit(EXIT_FAILURE);
  for (;;) {
    const auto state = wire_.receive(answer, std::chrono::seconds(1));
    if (state == Wire::State::message) return answer;
    if (state != Wire::State::nothing_yet) std::_Exit(EXIT_FAILURE);
  }
}

void ChildLink::tell(const json::object& message) {
  const std::lock_guard lock(mutex_);
  if (!wire_.send(message)) std::_Exit(EXIT_FAILURE);
}

plugin::Result<void> ChildLink::ask_leave(const json::object& question) {
  const auto answer = ask(question);
  if (answer.at("ok").as_bool()) return {};
  return failure_of(answer.at("failure").as_object());
}

engine::RunLink::Clock::time_point ChildLink::throttle(std::uint64_t bytes, std::uint64_t records) {
  const auto answer = ask({{"ask", "throttle"}, {"bytes", bytes}, {"records", records}});
  return Clock::time_point(Clock::duration(answer.at("until").to_number<Clock::rep>()));  // one clock a machine
}

bool ChildLink::is_crossed_by(std::uint64_t dirty) {
  if (dirty == 0) return false;
  return ask({{"ask", "crossed"}, {"dirty", dirty}}).at("ok").as_bool();
}

bool ChildLink::reserve(const Counters& sums) {
  return ask({{"ask", "reserve"}, {"counters", engine::to_json(sums)}}).at("ok").as_bool();
}

void ChildLink::give_back(const Counters& sums) { ask({{"ask", "give-back"}, {"counters", engine::to_json(sums)}}); }

std::unique_ptr<engine::DirtyAttempt> ChildLink::attempt() {
  const std::uint64_t id = next_attempt_++;
  return std::make_unique<engine::DirtyAttempt>(id, directory_ / (part_name(::getpid()) + std::to_string(id) + ".part"));
}

plugin::Result<void> ChildLink::keep(engine::DirtyAttempt& attempt) {
  if (attempt.count() == 0) return {};
  const auto part = attempt.to_part();
  if (!part) return part.error();
  return ask_leave({{"ask", "keep"}, {"part", part->string()}});
}

plugin::Result<void> ChildLink::drop(const engine::DirtyAttempt&) { return ask_leave({{"ask", "drop"}}); }

plugin::Result<void> ChildLink::committing(const std::string& split, std::uint32_t attempt, const std::string& token,
                                           const Counters& sums) {
  return ask_leave({{"ask", "committing"},
                    {"split", split},
                    {"attempt", attempt},
                    {"token", record::to_base64(token)},
                    {"counters", engine::to_json(sums)}});
}

plugin::Result<void> ChildLink::committed(const std::string& split, std::uint32_t attempt) {
  return ask_leave({{"ask", "committed"}, {"split", split}, {"attempt", attempt}});
}

plugin::Result<void> ChildLink::rolled_back(const std::string& split, std::uint32_t attempt) {
  return ask_leave({{"ask", "rolled-back"}, {"split", split}, {"attempt", attempt}});
}

void ChildLink::passed(const engine::Passed& passed) {
  tell({{"tell", "passed"},
        {"read", passed.read},
        {"written", passed.written},
        {"dirty", passed.dirty},
        {"bytes", passed.bytes}});
}

// ---- the run's side ----

std::optional<json::object> LinkServer::answer(const json::object& question) {
  const auto* asked = question.if_contains("ask");
  if (asked == nullptr) return {};
  const std::string_view what = asked->as_string();
  if (what == "throttle") {
    const auto until = link_.throttle(question.at("bytes").to_number<std::uint64_t>(),
                                      question.at("records").to_number<std::uint64_t>());
    return json::object{{"until", until.time_since_epoch().count()}};
  }
  if (what == "crossed")
    return json::object{{"ok", link_.is_crossed_by(question.at("dirty").to_number<std::uint64_t>())}};
  if (what == "reserve") return json::object{{"ok", reserve(sums_of(question))}};
  if (what == "give-back") return give_back(), json::object{};
  if (what == "keep") return as_answer(keep(question));
  if (what == "drop") return as_answer(drop());
  if (what == "committing") return as_answer(committing(question));
  if (what == "committed") return as_answer(committed(question));
  if (what == "rolled-back") return as_answer(rolled_back(question));
  return {};
}

bool LinkServer::reserve(const engine::Counters& sums) {
  if (!link_.reserve(sums)) return false;
  reserved_ = sums;
  return true;
}

plugin::Result<void> LinkServer::committing(const json::object& question) {
  const engine::LostCommit commit{asked_split(question), asked_attempt(question),
                                  record::from_base64(question.at("token").as_string()).value_or("")};
  auto kept = link_.committing(commit.split, commit.attempt, commit.token, sums_of(question));
  if (kept) open_commit_ = commit;
  return kept;
}

plugin::Result<void> LinkServer::committed(const json::object& question) {
  auto kept = link_.committed(asked_split(question), asked_attempt(question));
  if (!kept) return kept;
  committed_ = reserved_;
  open_commit_.reset();
  return kept;
}

plugin::Result<void> LinkServer::rolled_back(const json::object& question) {
  auto kept = link_.rolled_back(asked_split(question), asked_attempt(question));
  if (kept) open_commit_.reset();
  return kept;
}

void LinkServer::give_back() {
  if (reserved_) link_.give_back(*reserved_);
  reserved_.reset();
}

// The child may ask for it twice, before the commit and once that has failed.
plugin::Result<void> LinkServer::keep(const json::object& question) {
  if (!attempt_) {
    attempt_ = link_.attempt();
    attempt_->adopt(std::string(question.at("part").as_string()));
  }
  return link_.keep(*attempt_);
}

plugin::Result<void> LinkServer::drop() { return attempt_ ? link_.drop(*attempt_) : plugin::Result<void>(); }

plugin::Result<void> LinkServer::take_back() {
  give_back();
  return drop();
}

}  // namespace sluice::launch
