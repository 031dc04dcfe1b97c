// SPDX-License-Identifier: Apache-2.0
//
// How the splits of a run are run: in which processes, and how far their batches are checked.
#pragma once

#include <string>

#include "cli/arguments.hpp"
#include "engine/run.hpp"
#include "record/validate.hpp"

namespace sluice::cli {

struct SplitOptions {
  bool isolate = false;
  std::string validation;

  void add_to(Arguments&);
  // What is wrong; empty when nothing is. After the arguments were parsed.
  std::string problem() const;
  record::Validation validation_depth() const;
  // As asked for here, or by the job.
  bool isolates(const job::Job& job) const { return isolate || job.setting.isolate; }
  // For a run of that job. Both stay where they are until it has ended.
  engine::RunRules rules(const engine::ResolvedJob&, const engine::RunState&) const;
};

}  // namespace sluice::cli
