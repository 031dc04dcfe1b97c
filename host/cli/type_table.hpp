// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/open_job.hpp"

namespace sluice::cli {

// Each column's types, as lines of a table with a heading: of the store that is read, on the way, ...
std::vector<std::string> type_table(const record::Schema& source);

// ... and of the store that is written, with what may get lost. Before it the statement that creates the target where
// it is missing.
std::vector<std::string> type_table(const engine::OpenJob&);

}  // namespace sluice::cli
