// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/system/result.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "job/problem.hpp"
#include "job/scheduling.hpp"

namespace sluice::cli {

// The options that say when a run was planned and what its scheduling parameters are, for every command with a JOB.
class ScheduleOptions {
 public:
  void add_to(Arguments&);
  // What is wrong with them; empty when nothing is. This and the next after the arguments were parsed.
  std::string problem() const;

  // Everything but the script's own `parameters`. `first`: of the run that goes on, NULL for a new one; what the
  // command line says stands above it. Wrong expressions are problems.
  job::SchedulingValues values(const std::string& job_file, const std::string& run, const job::FirstValues* first,
                               job::Problems&) const;

 private:
  // What the command line asks for; nothing when it does not. The error is for people.
  boost::system::result<std::optional<job::ScheduleTime>, std::string> asked_time() const;

  std::vector<std::string> assignments_;
  std::string file_, cycle_time_, business_date_, time_zone_;
};

}  // namespace sluice::cli
