// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "cli/arguments.hpp"
#include "cli/job_request.hpp"
#include "cli/run_choice.hpp"
#include "cli/split_options.hpp"
#include "engine/open_job.hpp"

namespace sluice::cli {

// What `sluice run` takes, and `sluice backfill` for each of its runs.
struct RunOptions {
  JobRequest request;
  std::string state_directory, summary_file;
  RunWish wish;
  SplitOptions splits;
  std::size_t keep = 0;
  bool create_table = false, verify = false;

  void add_to(Arguments&);
  // Without those that belong to one run: its id, what it resumes, its summary.
  void add_shared_to(Arguments&);
  // Replaces scheduling parameters in the run's id. What is wrong; empty when nothing is.
  std::string name_run();
  // What is wrong; empty when nothing is. This and the next after the arguments were parsed.
  std::string problem() const;
  engine::OpenRules rules(const std::string& run, const job::Job&) const;
};

}  // namespace sluice::cli
