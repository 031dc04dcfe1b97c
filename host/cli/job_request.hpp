// SPDX-License-Identifier: Apache-2.0
//
// What all commands with a JOB share: the job on the command line, read and resolved.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/boost_log.hpp"
#include "cli/data_source_options.hpp"
#include "cli/plugin_directories.hpp"
#include "cli/schedule_options.hpp"
#include "engine/open_job.hpp"
#include "job/job.hpp"
#include "job/scheduling.hpp"

namespace sluice::cli {

// A script, as far as it could be understood. The plugins' parameters are checked, nothing is connected. Pointers go
// from `resolved` into `job`: it stays where it is.
struct ReadJob {
  std::string file;
  job::Problems problems;
  std::optional<job::SchedulingValues> scheduling;
  std::unique_ptr<job::Job> job;                // nothing when the script cannot be read
  std::optional<engine::ResolvedJob> resolved;  // nothing when there is no job
};

// For which run the job is read.
struct ReadRules {
  std::string run;                                          // empty: one that will not be kept
  const job::FirstValues* first = nullptr;                  // the run goes on with these
  std::optional<std::chrono::sys_days> business_date = {};  // whatever the command line says
  bool offline = false;                                     // secrets are not looked up
};

class JobRequest {
 public:
  void add_to(Arguments&);
  // What is wrong with the options' values; empty when nothing is. After the arguments were parsed.
  std::string problem() const;
  LogSettings log_settings() const;

  // All problems that need no connection are in the answer.
  ReadJob read(const std::string& file, plugin::Catalogue&, engine::Log&, const ReadRules& = {}) const;
  const PluginDirectories& directories() const { return directories_; }
  const ScheduleOptions& schedule() const { return schedule_; }

 private:
  std::vector<std::string> overrides_;
  bool strict_ = false;
  ScheduleOptions schedule_;
  DataSourceOptions data_sources_;
  PluginDirectories directories_;
  std::string log_level_, log_file_, log_format_;
};

// The problems as lines on the error stream, with their number when there are several.
void tell_problems(const job::Problems&, const std::string& file, Console&);

// Whether the job is in order, and its problems, as a line of JSON.
std::string problems_json(const ReadJob&, int exit_code);

}  // namespace sluice::cli
