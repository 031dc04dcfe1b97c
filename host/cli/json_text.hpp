// SPDX-License-Identifier: Apache-2.0
//
// JSON as people like to read it: two blanks a level, on one line what fits there, numbers as short as they can be
// (0.02, not 2E-2).
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <string>

namespace sluice::cli {

// `indent`: the column at which the lines after the first one start, for a value that stands inside of other text.
std::string json_text(const boost::json::value&, std::size_t indent = 0);

// The same on one line, however long.
std::string json_line(const boost::json::value&);

}  // namespace sluice::cli
