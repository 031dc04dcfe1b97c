// SPDX-License-Identifier: Apache-2.0
//
// Where a run keeps what must outlive it: STATE/runs/RUN, for its owner's eyes only.
#pragma once

#include <boost/system/result.hpp>
#include <filesystem>
#include <string>

#include "cli/trouble.hpp"

namespace sluice::cli {

// What `--state-dir` says, else $XDG_STATE_HOME/sluice, else ~/.local/state/sluice. Makes nothing.
boost::system::result<std::filesystem::path, Trouble> state_directory(const std::string& asked);

// Makes STATE/runs and STATE/locks (mode 0700) and what is missing above them. Answers with STATE's absolute path.
boost::system::result<std::filesystem::path, Trouble> make_state_directories(const std::filesystem::path& state);

// Makes the directory of a run (mode 0700) and what is missing above it. Answers with its absolute path.
boost::system::result<std::filesystem::path, Trouble> make_run_directory(const std::filesystem::path& state,
                                                                         const std::string& run);

}  // namespace sluice::cli
