// SPDX-License-Identifier: Apache-2.0
//
// An option table as documentation.
#pragma once

#include <boost/json/array.hpp>
#include <string>
#include <vector>

#include "cli/table_text.hpp"
#include "job/option.hpp"

namespace sluice::cli {

struct OptionRows {
  std::vector<Row> rows;             // name, type, default, description; a heading first
  std::vector<std::string> ignored;  // accepted and without meaning
};

// Children follow their parent: "csvReaderConfig.escapeMode", "column[].type". `code` stands around names and values
// ("`" for Markdown).
OptionRows option_rows(const job::OptionTable&, const std::string& code = {});

// Everything that is known about each option.
boost::json::array options_json(const job::OptionTable&);

}  // namespace sluice::cli
