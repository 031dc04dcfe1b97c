// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "engine/file_lock.hpp"
#include "engine/run_identity.hpp"

namespace sluice::engine {

// The locks of STATE/locks. They are held for as long as their object lives; the failure names who has one.

// No second run of one job at the same time, also not from another process.
plugin::Result<FileLock> lock_job(const std::filesystem::path& state, const RunIdentity&);

// Nobody else writes in that run's directory, or removes it: two jobs may mean the same run.
plugin::Result<FileLock> lock_run(const std::filesystem::path& state, const std::string& run);
// Nobody does; `reader` is the run that reads there.
plugin::Result<FileLock> share_run(const std::filesystem::path& state, const std::string& run,
                                   const std::string& reader);
bool is_run_locked(const std::filesystem::path& state, const std::string& run);

}  // namespace sluice::engine
