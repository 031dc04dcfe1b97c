// SPDX-License-Identifier: Apache-2.0
//
// That a run is done outlives its directory: STATE/done/RUN.json, its identity and its summary. Whoever asks for that
// run again is told so, however many runs came after it. Only runs that were given a name can be asked for, so only
// those are remembered.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "engine/stored_run.hpp"

namespace sluice::engine {

// Before the directory of a run that is done goes. Does nothing for one that has no name of its own.
plugin::Result<void> remember_done(const std::filesystem::path& state, const StoredRun&);

// Nothing when no such run is remembered. It has no directory any more, no plan and no splits.
std::optional<StoredRun> recall_done(const std::filesystem::path& state, const std::string& run);

// The run begins again.
void forget_done(const std::filesystem::path& state, const std::string& run);

}  // namespace sluice::engine
