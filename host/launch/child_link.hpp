// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "engine/lost_commit.hpp"
#include "engine/run_link.hpp"
#include "launch/wire.hpp"

namespace sluice::launch {

// The run, as a child process sees it: every question goes over the socket and is answered at once. Any thread. When
// the run's process is gone, so is this one.
class ChildLink : public engine::RunLink {
 public:
  ChildLink(Wire& wire, std::filesystem::path directory) : wire_(wire), directory_(std::move(directory)) {}

  Clock::time_point throttle(std::uint64_t bytes, std::uint64_t records) override;
  // The place at the writer was taken by the run before it sent the split.
  bool enter() override { return true; }
  void leave() override {}
  bool is_crossed_by(std::uint64_t dirty) override;
  bool reserve(const engine::Counters&) override;
  void give_back(const engine::Counters&) override;
  std::unique_ptr<engine::DirtyAttempt> attempt() override;
  plugin::Result<void> keep(engine::DirtyAttempt&) override;
  plugin::Result<void> drop(const engine::DirtyAttempt&) override;
  plugin::Result<void> committing(const std::string& split, std::uint32_t attempt, const std::string& token,
                                  const engine::Counters&) override;
  plugin::Result<void> committed(const std::string& split, std::uint32_t attempt) override;
  plugin::Result<void> rolled_back(const std::string& split, std::uint32_t attempt) override;
  void passed(const engine::Passed&) override;

  // How the part files of a child's dirty records begin.
  static std::string part_name(int process) { return "dirty." + std::to_string(process) + "."; }

  // Tells without waiting for an answer.
  void tell(const boost::json::object&);

 private:
  boost::json::object ask(const boost::json::object&);
  plugin::Result<void> ask_leave(const boost::json::object&);

  Wire& wire_;
  const std::filesystem::path directory_;
  std::mutex mutex_;
  std::atomic<std::uint64_t> next_attempt_{0};
};

// The run's side: what a child asks, answered by the run's own link. Nothing: the message was no question.
class LinkServer {
 public:
  explicit LinkServer(engine::RunLink& link) : link_(link) {}
  std::optional<boost::json::object> answer(const boost::json::object& question);
  // The child died and its split is not committed: what it had reserved and written down for that is void.
  plugin::Result<void> take_back();
  // The sums of the split, once it is committed.
  const std::optional<engine::Counters>& committed() const { return committed_; }
  // Its commit, while that is under way.
  const std::optional<engine::LostCommit>& open_commit() const { return open_commit_; }
  // What it had reserved for that.
  engine::Counters reserved() const { return reserved_.value_or(engine::Counters()); }

 private:
  bool reserve(const engine::Counters&);
  void give_back();
  plugin::Result<void> keep(const boost::json::object& question);
  plugin::Result<void> drop();
  plugin::Result<void> committing(const boost::json::object& question);
  plugin::Result<void> committed(const boost::json::object& question);
  plugin::Result<void> rolled_back(const boost::json::object& question);

  engine::RunLink& link_;
  std::unique_ptr<engine::DirtyAttempt> attempt_;  // of the split that the child is at, once it is kept
  std::optional<engine::Counters> reserved_;       // for its commit
  std::optional<engine::LostCommit> open_commit_;
  std::optional<engine::Counters> committed_;
};

}  // namespace sluice::launch
