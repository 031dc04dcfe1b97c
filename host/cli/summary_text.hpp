// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/console.hpp"
#include "engine/summary.hpp"

namespace sluice::cli {

// The summary for people, one fact a line. Shows no record values: of the messages of dirty records only the fixed
// text.
std::string summary_text(const engine::Summary& summary, const Device& device);

// Which side held the run up: "the writer is the bottleneck"; empty when neither did.
std::string bottleneck(const engine::Summary& summary);

}  // namespace sluice::cli
