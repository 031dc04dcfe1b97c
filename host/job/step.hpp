// SPDX-License-Identifier: Apache-2.0
//
// The steps of a script: what they are, and the way of the records through them.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "job/document.hpp"
#include "job/lint.hpp"
#include "job/problem.hpp"

namespace sluice::job {

struct Step {
  std::string name;
  std::string category;   // "reader", "writer", "processor", "map", "flatmap"
  std::string step_type;  // names the plugin
  boost::json::object parameter;
  std::size_t index = 0;  // in `steps`

  bool is_reader() const { return category == "reader"; }
  bool is_writer() const { return category == "writer"; }
  // A processor without a plugin, as visual editors leave it: takes no part.
  bool is_empty_processor() const { return category == "processor" && step_type.empty(); }

  // "steps[0]"
  std::string path() const;
  // "steps[0].parameter"
  std::string parameter_path() const;
};

// Every step of the script that could be understood.
std::vector<Step> parse_steps(const boost::json::object& script, const Document& document, Problems& problems,
                              LintRules rules);

// One reader, the processors in their order, one writer; nothing when there is not one reader and one writer. Wrong
// hops are problems, and then the order of the script is answered. `order` is the linted object of that name, null when
// there is none.
std::optional<std::vector<Step>> order_steps(std::vector<Step> steps, const boost::json::object* order,
                                             const Document& document, Problems& problems);

}  // namespace sluice::job
