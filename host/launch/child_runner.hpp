// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/split_runner.hpp"
#include "launch/child_link.hpp"
#include "launch/child_process.hpp"

namespace sluice::launch {

// Runs splits in child processes, one a lane, used again until it dies: a plugin that crashes, exits or hangs for good
// fails its split - which may be tried again - and not the run. Any thread, as many splits at once as there are lanes.
class ChildRunner : public engine::SplitRunner {
 public:
  // `resolved` must outlive it.
  ChildRunner(const engine::ResolvedJob& resolved, engine::RunResources& run, std::filesystem::path directory,
              std::filesystem::path program = "/proc/self/exe");

  engine::SplitOutcome run(const plugin::Split&, engine::Attempt) override;
  std::uint64_t peak_memory() const override;

 private:
  plugin::Result<std::unique_ptr<ChildProcess>> take();
  engine::SplitOutcome converse(ChildProcess&, const plugin::Split&, engine::Attempt, bool& alive);
  engine::SplitOutcome died(ChildProcess&, LinkServer&, engine::Attempt);
  void hear(const boost::json::object& message);
  void note_memory(ChildProcess&, std::uint64_t peak);

  engine::RunResources& run_;
  const std::filesystem::path directory_, program_;
  boost::json::object first_message_;
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<ChildProcess>> idle_;
  std::uint64_t memory_ = 0;  // the peaks of all that live
  std::uint64_t peak_memory_ = 0;
};

}  // namespace sluice::launch
