// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/system/result.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "job/problem.hpp"
#include "job/scheduling.hpp"

namespace sluice::cli {

// What else than the command line says it.
struct KnownSchedule {
  const job::FirstValues* first = nullptr;             // of the run that goes on; what is asked for stands above them
  std::optional<std::chrono::sys_days> business_date;  // stands above what is asked for
};

// The options that say when a run was planned and what its scheduling parameters are, for every command with a JOB.
class ScheduleOptions {
 public:
  void add_to(Arguments&);
  // What is wrong with them; empty when nothing is. This and the next after the arguments were parsed.
  std::string problem() const;

  bool has_business_date() const { return !business_date_.empty(); }
  // Is the planned time, when it is given, a time alone?
  bool is_day_free() const;

  // A text of the command line with ${name} replaced, such as a run's id; the error is for people.
  boost::system::result<std::string, std::string> expanded(const std::string& text) const;
  // Everything but the script's own `parameters`. Wrong expressions are problems.
  job::SchedulingValues values(const std::string& job_file, const std::string& run, const KnownSchedule&,
                               job::Problems&) const;

 private:
  // What the command line asks for; nothing when it does not. The error is for people.
  boost::system::result<std::optional<job::ScheduleTime>, std::string> asked_time(
      std::optional<std::chrono::sys_days> business_date) const;

  std::vector<std::string> assignments_;
  std::string file_, cycle_time_, business_date_, time_zone_;
};

}  // namespace sluice::cli
