// SPDX-License-Identifier: Apache-2.0
//
// The JSON Schema of a whole job script, by which editors complete and underline.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "job/option.hpp"

namespace sluice::job {

// What a step can be: a plugin, seen from the script.
struct StepChoice {
  std::string kind;                // "reader", "writer", "processor"
  std::vector<std::string> names;  // the stepType and its aliases
  std::string description;
  const OptionTable* parameters = nullptr;
};

boost::json::object script_schema(const std::vector<StepChoice>&);

}  // namespace sluice::job
