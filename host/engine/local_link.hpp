// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>

#include "engine/error_limit.hpp"
#include "engine/open_job.hpp"
#include "engine/run_link.hpp"
#include "engine/run_state.hpp"
#include "engine/task_gate.hpp"

namespace sluice::engine {

// The run itself, for the splits that run in its process, and for those that answer for child processes. Any thread.
class LocalLink : public RunLink {
 public:
  // `splits`: how many are still to be run.
  LocalLink(OpenJob& job, RunState& state, std::size_t splits);

  Clock::time_point throttle(std::uint64_t bytes, std::uint64_t records) override;
  bool enter() override { return gate_.enter(); }
  void leave() override { gate_.leave(); }
  bool is_crossed_by(std::uint64_t dirty) override { return limit_.is_crossed_by(dirty); }
  bool reserve(const Counters& sums) override { return limit_.reserve(sums); }
  void give_back(const Counters& sums) override { limit_.give_back(sums); }
  std::unique_ptr<DirtyAttempt> attempt() override { return dirty_.attempt(); }
  plugin::Result<void> keep(DirtyAttempt& attempt) override { return dirty_.keep(attempt); }
  plugin::Result<void> drop(const DirtyAttempt& attempt) override { return dirty_.drop(attempt); }
  plugin::Result<void> committing(const std::string& split, std::uint32_t attempt, const std::string& token,
                                  const Counters& sums) override {
    return journal_.committing(split, attempt, token, sums, job_.target.offer.exactly_once);
  }
  plugin::Result<void> committed(const std::string& split, std::uint32_t attempt) override {
    return journal_.committed(split, attempt);
  }
  plugin::Result<void> rolled_back(const std::string& split, std::uint32_t attempt) override {
    return journal_.rolled_back(split, attempt);
  }
  void passed(const Passed&) override;

  Passed live() const;
  const ErrorLimit& limit() const { return limit_; }
  DirtyFile& dirty() { return dirty_; }

 private:
  const OpenJob& job_;
  JobServices& services_;
  Journal& journal_;
  ErrorLimit limit_;
  DirtyFile dirty_;
  TaskGate gate_;
  std::atomic<std::uint64_t> read_{0}, written_{0}, dirty_count_{0}, bytes_{0};
};

}  // namespace sluice::engine
