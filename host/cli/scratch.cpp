// SPDX-License-Identifier: Apache-2.0
#include "cli/scratch.hpp"

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace sluice::cli {

boost::system::result<Scratch, Trouble> Scratch::make(const std::filesystem::path& state) {
  std::string name = (state / "scratch-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    return Trouble("cannot make a directory: " + name + ": " + std::generic_category().message(errno) +
                   " (name a place that can be written to by --state-dir)");
  return Scratch(name);
}

void Scratch::remove() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  path_.clear();
}

}  // namespace sluice::cli
