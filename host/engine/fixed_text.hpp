// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace sluice::engine {

// A message without the values that it may quote: its fixed text comes first, so everything behind the first ": " goes,
// and so does what stands in quotes before it. For places that outlive the run's own directory: logs, summaries.
//
//   "not a number: 12x"                 ->  "not a number"
//   "Duplicate entry '7' for key 'id'"  ->  "Duplicate entry '...' for key '...'"
std::string fixed_text(std::string_view message);

}  // namespace sluice::engine
