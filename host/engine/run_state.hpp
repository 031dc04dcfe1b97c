// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "engine/journal.hpp"
#include "engine/open_job.hpp"
#include "engine/run_identity.hpp"
#include "engine/stored_plan.hpp"

namespace sluice::engine {

// The directory of one run, STATE/runs/RUN: what must outlive the process. Made of whole lines and whole files, so
// that it can be read after a crash at any instant.
//
//   run.json       whose run it is         plan.json      its splits
//   job.json       the job, no secrets     journal.jsonl  how far it came
//   dirty.jsonl    its dirty records       summary.json   how it ended
class RunState {
 public:
  // A new run; the directory is there (mode 0700). What a run of its name left in it goes.
  static plugin::Result<std::unique_ptr<RunState>> create(const std::filesystem::path& directory, const RunIdentity&,
                                                          const ResolvedJob&);
  // An earlier one, to go on with. Refused when the job or a plugin's major version is another one now.
  static plugin::Result<std::unique_ptr<RunState>> resume(const std::filesystem::path& directory, const RunIdentity&);

  const std::filesystem::path& directory() const { return directory_; }
  const History& history() const { return history_; }
  bool is_resumed() const { return resumed_; }
  // Of the earlier run; nothing when it had not come that far.
  const std::optional<StoredPlan>& plan() const { return plan_; }
  Journal& journal() { return journal_; }
  // What the destination says about a split that was in doubt.
  plugin::Result<void> settle(const std::string& split, bool committed);

 private:
  explicit RunState(std::filesystem::path directory) : directory_(std::move(directory)), journal_(directory_) {}

  const std::filesystem::path directory_;
  Journal journal_;
  History history_;
  bool resumed_ = false;
  std::optional<StoredPlan> plan_;
};

}  // namespace sluice::engine
