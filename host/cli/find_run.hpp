// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/system/result.hpp>
#include <filesystem>
#include <string>

#include "cli/console.hpp"
#include "cli/trouble.hpp"
#include "engine/stored_run.hpp"

namespace sluice::cli {

// A run that is kept, by its id; "last" is the one that began last. The error says what there is instead.
boost::system::result<engine::StoredRun, Trouble> find_run(const std::filesystem::path& state, const std::string& id);

// Says so on the error stream; answers with the exit code.
int no_run(Console& console, const std::string& command, const Trouble& trouble);

}  // namespace sluice::cli
