// SPDX-License-Identifier: Apache-2.0
#include "cli/run_directory.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace sluice::cli {
namespace {

namespace fs = std::filesystem;

// As the XDG specification wants it: a relative path counts as none.
fs::path from_environment(const char* name) {
  const char* value = std::getenv(name);
  fs::path path = value == nullptr ? "" : value;
  return path.is_absolute() ? path : fs::path();
}

Trouble not_made(const fs::path& path, int error) {
  return Trouble("the run\'s directory cannot be made: " + path.string() + ": " +
                 std::generic_category().message(error) + " (name a place that can be written to by --state-dir)");
}

// 0, or an error number. A directory that is there already is left as it is.
int make_private(const fs::path& path) {
  if (::mkdir(path.c_str(), 0700) == 0) return 0;
  int error = errno;
  std::error_code ignored;
  return error == EEXIST && fs::is_directory(path, ignored) ? 0 : error;
}

boost::system::result<fs::path, Trouble> make_private_path(const fs::path& directory) {
  fs::path made;
  for (const fs::path& part : directory) {
    made /= part;
    if (int code = make_private(made); code != 0) return not_made(made, code);
  }
  return directory;
}

}  // namespace

boost::system::result<fs::path, Trouble> state_directory(const std::string& asked) {
  if (!asked.empty()) return fs::path(asked);
  if (fs::path base = from_environment("XDG_STATE_HOME"); !base.empty()) return base / "sluice";
  if (fs::path home = from_environment("HOME"); !home.empty()) return home / ".local" / "state" / "sluice";
  return Trouble(
      "there is no place for the run's state: neither XDG_STATE_HOME nor HOME is set "
      "(say where by --state-dir DIR)");
}

boost::system::result<fs::path, Trouble> make_state_directories(const fs::path& state) {
  std::error_code error;
  const fs::path absolute = fs::absolute(state, error).lexically_normal();
  if (error) return not_made(state, error.value());
  for (const char* place : {"runs", "locks"})
    if (auto made = make_private_path(absolute / place); !made) return made.error();
  return absolute;
}

boost::system::result<fs::path, Trouble> make_run_directory(const fs::path& state, const std::string& run) {
  auto places = make_state_directories(state);
  if (!places) return places.error();
  return make_private_path(*places / "runs" / run);
}

}  // namespace sluice::cli
