// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/journal.hpp"
#include "engine/open_job.hpp"
#include "engine/stored_plan.hpp"
#include "engine/summary.hpp"

namespace sluice::engine {

// Which job a run belongs to. No secrets.
struct RunIdentity {
  std::string run;
  std::string job;          // the script's file, absolute; "-" for the standard input
  std::string fingerprint;  // of steps and their parameters: the same job, as far as its data goes
  std::string reader, reader_version;
  std::string writer, writer_version;
  std::chrono::system_clock::time_point started;
  boost::json::object scheduling = {};  // the values with which it began: job::FirstValues
};

RunIdentity identify(const ResolvedJob&, std::string run);
// RunIdentity::job of the script in that file.
std::string job_name(const std::string& file);

// Holds a job's lock while it lives: no second run of one job at the same time, also not from another process.
class JobLock {
 public:
  // The failure names the process that has it.
  static plugin::Result<JobLock> take(const std::filesystem::path& state, const RunIdentity&);
  JobLock(JobLock&&) noexcept;
  JobLock& operator=(JobLock&&) = delete;
  ~JobLock();

 private:
  explicit JobLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

// The directory of one run, STATE/runs/RUN: what must outlive the process. Made of whole lines and whole files, so
// that it can be read after a crash at any instant.
//
//   run.json       whose run it is         plan.json      its splits
//   job.json       the job, no secrets     journal.jsonl  how far it came
//   dirty.jsonl    its dirty records       summary.json   how it ended
class RunState {
 public:
  // A new run; the directory is there (mode 0700) and empty.
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

// What is kept of a run.
struct StoredRun {
  std::filesystem::path directory;
  RunIdentity identity;
  History history;
  std::optional<StoredPlan> plan;
  std::optional<boost::json::object> summary;
  bool is_running = false;  // a process has the job's lock

  // "succeeded", "failed" ...; "running", or "interrupted" when no summary says how it ended: "abandoned" when a later
  // run of the job has taken its place.
  std::string status() const;
  bool is_finished() const { return history.completed; }
  // The sums of the run: its summary's, or what the journal and the dirty file say when there is none.
  Counters counters() const;
  std::size_t splits_done() const;
  // From its start to its end; of one that is running until now, of an interrupted one until the last sign of life.
  double elapsed_seconds() const;
};

plugin::Result<StoredRun> read_run(const std::filesystem::path& directory);

// All runs below a state directory, the newest first. Those that cannot be read are left out.
std::vector<StoredRun> list_runs(const std::filesystem::path& state);

// The newest run of the job with this fingerprint.
std::optional<StoredRun> last_run(const std::filesystem::path& state, const std::string& fingerprint);

// Removes the oldest runs beyond `keep`; never one that is running.
void prune_runs(const std::filesystem::path& state, std::size_t keep);

}  // namespace sluice::engine
