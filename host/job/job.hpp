// SPDX-License-Identifier: Apache-2.0
//
// A job script, read: one reader, one writer, the processors between them in the order in which they run, and the
// setting. Parameters of steps are still as written; Lint makes them usable once the plugin's option table is known:
//
//   job::Problems problems;
//   std::optional<job::Job> job = job::parse(text, "job.json", {}, problems);
//   values = job::Lint(job->document, problems).object(job->reader.parameter, table, job->reader.parameter_path());
//   std::cerr << problems.render(job->file);
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "job/document.hpp"
#include "job/problem.hpp"
#include "job/setting.hpp"
#include "job/step.hpp"

namespace sluice::job {

struct Job {
  std::string file;  // as given; "-" for the standard input
  Document document;
  Step reader;
  Step writer;
  std::vector<Step> processors;
  Setting setting;
};

struct ParseRules {
  std::vector<std::string> overrides;      // "setting.speed.concurrent=8"
  bool strict = false;                     // unknown keys are errors
  SchedulingValues* scheduling = nullptr;  // replaces ${name} outside `parameter`
};

// Reads the script. A Job comes back whenever its steps could be made out, even with errors in `problems`, so that
// the caller can go on and find the problems of its parameters too; it must not run then.
std::optional<Job> parse(std::string text, std::string file, const ParseRules& rules, Problems& problems);

}  // namespace sluice::job
