// SPDX-License-Identifier: Apache-2.0
#include "cli/split_options.hpp"

#include <boost/program_options/value_semantic.hpp>
#include <memory>

#include "launch/child_runner.hpp"

namespace sluice::cli {

namespace po = boost::program_options;

void SplitOptions::add_to(Arguments& arguments) {
  arguments.add()("isolate", po::bool_switch(&isolate),
                  "run splits in child processes: a plugin that crashes fails its split only")(
      "validate", po::value(&validation)->value_name("DEPTH")->default_value("quick"),
      "how far the batches of plugins are checked: quick or full");
}

std::string SplitOptions::problem() const {
  const bool known = validation == "quick" || validation == "full";
  return known ? std::string() : "--validate is quick or full, not '" + validation + "'";
}

record::Validation SplitOptions::validation_depth() const {
  return validation == "full" ? record::Validation::full : record::Validation::quick;
}

engine::RunRules SplitOptions::rules(const engine::ResolvedJob& resolved, const engine::RunState& state) const {
  engine::RunRules rules;
  if (isolates(*resolved.job))
    rules.runner = [&resolved, &state](engine::RunResources& run) {
      return std::make_unique<launch::ChildRunner>(resolved, run, state.directory());
    };
  return rules;
}

}  // namespace sluice::cli
