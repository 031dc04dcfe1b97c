// SPDX-License-Identifier: Apache-2.0
//
// What `sluice runs` shows of runs that are kept. No record values.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "cli/console.hpp"
#include "engine/stored_run.hpp"

namespace sluice::cli {

// One run a line, the newest first.
std::string runs_text(const std::vector<engine::StoredRun>&);
// The facts of one, for a list of them.
boost::json::object run_json(const engine::StoredRun&);

// Everything about one: plan, splits (at most `splits` of them, the unfinished ones first), notes, summary.
std::string run_text(const engine::StoredRun&, std::size_t splits, const Device&);
boost::json::object whole_run_json(const engine::StoredRun&);

}  // namespace sluice::cli
