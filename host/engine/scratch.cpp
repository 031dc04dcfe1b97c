// SPDX-License-Identifier: Apache-2.0
#include "engine/scratch.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "engine/run.hpp"

namespace sluice::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = "scratch-";

plugin::Result<FileLock> lock_of(const fs::path& scratch) {
  const fs::path file = scratch.parent_path() / "locks" / (scratch.filename().string() + ".lock");
  return FileLock::take(file, {.owner = "", .taken = "somebody works there"});
}

}  // namespace

plugin::Result<Scratch> Scratch::make(const fs::path& state) {
  sweep(state);
  const fs::path path = state / (std::string(prefix) + make_run_id());
  auto lock = lock_of(path);  // first: a directory without one is nobody's
  if (!lock) return lock.error();
  if (::mkdir(path.c_str(), 0700) == 0) return Scratch(path, std::move(*lock));
  plugin::Failure failure;
  failure.code = SLUICE_IO;
  failure.message = "cannot make a directory (name a place that can be written to by --state-dir): " +
                    std::generic_category().message(errno) + ": " + path.string();
  return failure;
}

void Scratch::sweep(const fs::path& state) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(state, ignored)) {
    if (!entry.path().filename().string().starts_with(prefix)) continue;
    if (const auto lock = lock_of(entry.path())) fs::remove_all(entry.path(), ignored);
  }
}

void Scratch::remove() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
  path_.clear();
}

}  // namespace sluice::engine
