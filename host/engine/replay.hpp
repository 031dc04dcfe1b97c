// SPDX-License-Identifier: Apache-2.0
//
// The dirty records of a run, once more through its job: they enter again where they were refused, as they had arrived
// there, in place of what a reader reads. One job for each step that had refused some, because the shape of a record is
// another one before each step.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/open_job.hpp"
#include "engine/stored_run.hpp"

namespace sluice::engine {

// What a run's dirty file holds for one step.
struct Replayable {
  std::string step;  // a processor or the writer
  std::uint64_t records = 0;
  std::string run;  // the id of the run that replays them
};

struct ReplayPlan {
  std::vector<Replayable> steps;  // in the order of the job, those with records only
  std::uint64_t unreadable = 0;   // texts that never became records: only reading the source again helps
};

ReplayPlan plan_replay(const StoredRun&);

// The job that replays the records of one step: a reader of the run's dirty file, the processors from that step on,
// the writer. To be opened with SLUICE_REPLAY.
ResolvedJob replay_job(const ResolvedJob& job, const std::filesystem::path& run_directory, const std::string& step);

// Whether a run was a replay: it belongs to the run that it replays, and is none of those that go through the source.
bool is_replay(const RunIdentity&);

// Where the records are that the run's writer refused and that are still not written: in the dirty file of the last
// replay that was finished, or in the run's own. The directory of that run.
std::filesystem::path still_refused(const StoredRun&);

// Whether `job`, as it was read from its script now, is still the job of that run. A run that was a replay itself
// remembers whose.
bool is_job_of(const ResolvedJob& job, const StoredRun&);

}  // namespace sluice::engine
