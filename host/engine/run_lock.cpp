// SPDX-License-Identifier: Apache-2.0
#include "engine/run_lock.hpp"

#include <unistd.h>

namespace sluice::engine {
namespace {

std::string this_process(const std::string& run) { return "run " + run + ", process " + std::to_string(::getpid()); }

std::filesystem::path file_of(const std::filesystem::path& state, const std::string& run) {
  return state / "locks" / ("run-" + run + ".lock");
}

}  // namespace

plugin::Result<FileLock> lock_job(const std::filesystem::path& state, const RunIdentity& identity) {
  return FileLock::take(
      state / "locks" / (identity.fingerprint + ".lock"),
      {.owner = this_process(identity.run), .taken = "this job is running already (wait for it, or stop it)"});
}

plugin::Result<FileLock> lock_run(const std::filesystem::path& state, const std::string& run) {
  return FileLock::take(file_of(state, run),
                        {.owner = this_process(run), .taken = "this run is at work already (wait for it, or stop it)"});
}

plugin::Result<FileLock> share_run(const std::filesystem::path& state, const std::string& run,
                                   const std::string& reader) {
  return FileLock::take(
      file_of(state, run),
      {.owner = this_process(reader), .taken = "the run is not over yet (wait for it, or stop it)", .shared = true});
}

bool is_run_locked(const std::filesystem::path& state, const std::string& run) {
  return FileLock::is_taken(file_of(state, run));
}

}  // namespace sluice::engine
