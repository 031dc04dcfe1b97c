// SPDX-License-Identifier: Apache-2.0
//
// Which run `sluice run` means: a new one, or one that an earlier process left unfinished.
#pragma once

#include <boost/system/result.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "cli/trouble.hpp"
#include "engine/file_lock.hpp"
#include "engine/open_job.hpp"
#include "engine/run_state.hpp"
#include "engine/stored_run.hpp"
#include "job/scheduling.hpp"

namespace sluice::cli {

// What the command line says about it.
struct RunWish {
  std::string run_id;  // --run-id
  std::string resume;  // --resume: "last" or a run's id
  bool fresh = false;  // --fresh

  // What is wrong with it; empty when nothing is.
  std::string problem() const;
};

// Why a run does not start, and the exit code for it.
struct Refused {
  Trouble trouble;
  int code = 0;
};
// 75 when a later try may help.
Refused refused_by(const plugin::Failure&);

// How the run begins, known before its job is read: the job may name the run and the time of its start.
struct RunStart {
  std::string run;                         // its id, also when it does not exist yet
  std::optional<job::FirstValues> values;  // of a run that is there already
};
RunStart find_start(const RunWish&, const std::filesystem::path& state, const std::string& job_file);

// The locks of the job and of the run are held while this lives.
class RunChoice {
 public:
  static boost::system::result<RunChoice, Refused> make(const RunWish&, const std::filesystem::path& state,
                                                        const engine::ResolvedJob&, const RunStart&,
                                                        const job::SchedulingValues&);

  const std::string& run() const { return identity_.run; }
  // There is nothing left to do.
  const std::optional<engine::StoredRun>& done() const { return done_; }
  // After the job was opened: would a new run double what an unfinished one has written?
  std::optional<Refused> objection(const engine::OpenJob&) const;
  // Makes or opens the run's directory. From then on the job's other runs cannot be resumed.
  boost::system::result<std::unique_ptr<engine::RunState>, Refused> begin(const engine::ResolvedJob&,
                                                                          engine::OpenJob&) const;

 private:
  RunChoice(std::filesystem::path state, engine::RunIdentity identity, engine::FileLock job)
      : state_(std::move(state)), identity_(std::move(identity)), job_lock_(std::move(job)) {}
  std::optional<Refused> choose(const RunWish&);
  std::optional<Refused> find_last(const RunWish&);
  std::optional<Refused> go_on(engine::StoredRun before);
  std::string change_since(const engine::RunIdentity& before) const;
  std::filesystem::path directory() const { return state_ / "runs" / identity_.run; }

  std::filesystem::path state_;
  engine::RunIdentity identity_;
  engine::FileLock job_lock_;
  std::optional<engine::FileLock> run_lock_;
  bool resumes_ = false;
  bool replaces_ = false;
  std::optional<engine::StoredRun> done_;
  std::optional<engine::StoredRun> unfinished_;  // the job's last run, when a new one would leave it so
};

}  // namespace sluice::cli
