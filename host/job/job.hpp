// SPDX-License-Identifier: Apache-2.0
//
// A job script, read: one reader, one writer, the processors between them in the order in which they run, and the
// setting. Parameters of steps are still as written; Lint makes them usable once the plugin's option table is known.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "job/document.hpp"
#include "job/lint.hpp"
#include "job/option.hpp"
#include "job/problem.hpp"
#include "job/setting.hpp"

namespace sluice::job {

struct Step {
  std::string name;
  std::string category;   // "reader", "writer", "processor", "map", "flatmap"
  std::string step_type;  // names the plugin
  boost::json::object parameter;
  std::size_t index = 0;  // in `steps`

  // "steps[0]"
  std::string path() const;
  // "steps[0].parameter"
  std::string parameter_path() const;
};

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

// The keys of the script itself and of a step, for documentation and the editor's schema.
const OptionTable& script_table();

}  // namespace sluice::job
