// SPDX-License-Identifier: Apache-2.0
//
// One side of a DataX script: the plugin's name and its parameters.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "job/document.hpp"
#include "job/problem.hpp"

namespace sluice::job {

struct ConvertedStep {
  std::string step_type;
  boost::json::object parameter;
};

// `side` is "reader" or "writer", `path` leads to {"name", "parameter"}.
ConvertedStep convert_step(const boost::json::object& old, std::string_view side, const std::string& path,
                           const Document& document, Problems& notes);

}  // namespace sluice::job
