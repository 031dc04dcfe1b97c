// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <filesystem>
#include <optional>

#include "engine/gather.hpp"
#include "engine/open_job.hpp"
#include "engine/run.hpp"

namespace sluice::engine {

// Runs a job for what arrives at its writer, which is left out: a whole run, but for the writing, in a directory of
// its own. Dirty records are counted, no limit stops it. After a run that was abandoned neither this object nor the
// Gatherer may be destroyed.
class SideRun {
 public:
  // `scratch`: an empty directory for the owner alone; what is left in it is the caller's.
  SideRun(std::filesystem::path scratch, record::Validation validation, Log& log, const RunHooks& hooks)
      : scratch_(std::move(scratch)), validation_(validation), log_(log), hooks_(hooks) {}

  struct Outcome {
    Summary summary;                        // `abandoned`: leave the process, see Summary
    std::filesystem::path directory;        // with its dirty records
    std::optional<OpenOutcome> not_opened;  // why there was no run at all; the problems say more
    bool is_whole() const;                  // every record was looked at
  };
  Outcome run(const ResolvedJob& side, Gatherer& into, job::Problems& problems);

  Log& log() const { return log_; }

 private:
  const std::filesystem::path scratch_;
  const record::Validation validation_;
  Log& log_;
  const RunHooks& hooks_;
  int count_ = 0;
  std::deque<job::Job> scripts_;  // of every run: one that was abandoned may still look at them
  std::deque<GatherTarget> targets_;
};

}  // namespace sluice::engine
