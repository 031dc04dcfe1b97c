// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/journal.hpp"
#include "engine/run_identity.hpp"
#include "engine/stored_plan.hpp"

namespace sluice::engine {

// What is kept of a run.
struct StoredRun {
  std::filesystem::path directory;
  RunIdentity identity;
  History history;
  std::optional<StoredPlan> plan;
  std::optional<boost::json::object> summary;
  bool is_running = false;  // a process has its lock

  // "succeeded", "failed" ...; "running", or "interrupted" when no summary says how it ended: "abandoned" when a later
  // run of the job has taken its place.
  std::string status() const;
  bool is_finished() const { return history.completed; }
  // The sums of the run: its summary's, or what the journal and the dirty file say when there is none.
  Counters counters() const;
  // From its start to its end; of one that is running until now, of an interrupted one until the last sign of life.
  double elapsed_seconds() const;
};

plugin::Result<StoredRun> read_run(const std::filesystem::path& directory);

// What there is of a run, without a look at how far it came.
struct RunPlace {
  RunIdentity identity;
  std::filesystem::path directory;
};
// All that can be read, the newest first.
std::vector<RunPlace> find_runs(const std::filesystem::path& state);

// All runs below a state directory, the newest first. Those that cannot be read are left out.
std::vector<StoredRun> list_runs(const std::filesystem::path& state);

// The newest run of the job with this fingerprint; nothing when there is none. One that is there and cannot be read is
// a failure.
plugin::Result<std::optional<StoredRun>> last_run(const std::filesystem::path& state, const std::string& fingerprint);

// All at once, also when the process dies in it. Its lock is held.
plugin::Result<void> remove_run(const std::filesystem::path& directory);

// Removes the oldest runs beyond `keep`; never one that is running, or that has written and may still go on. That a run
// with a name is done stays known (done_run.hpp).
void prune_runs(const std::filesystem::path& state, std::size_t keep);

}  // namespace sluice::engine
