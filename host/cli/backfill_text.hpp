// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/backfill_runs.hpp"
#include "cli/console.hpp"

namespace sluice::cli {

// A table of the runs, and a line that counts them.
std::string backfill_text(const std::vector<BackfillRun>&, const Device&);
std::string backfill_json(const std::string& job, const std::vector<BackfillRun>&, int exit_code);

}  // namespace sluice::cli
