// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace sluice::plugin {

// One place where plugin files are looked for, and why there.
struct SearchDirectory {
  std::filesystem::path path;  // absolute
  std::string origin;          // "--plugin-dir", "SLUICE_PLUGIN_PATH", "beside the program"
};

// In the order in which they count: those of the command line, of SLUICE_PLUGIN_PATH (colons between), and
// ../lib/sluice/plugins seen from the running program. Each once.
std::vector<SearchDirectory> search_directories(std::span<const std::filesystem::path> command_line);

// The plugin files of a directory (*.so), sorted by name; none when there is no such directory.
std::vector<std::filesystem::path> plugin_files(const std::filesystem::path& directory);

// Whether a file is called like a step type: sqlite.so, libsqlite.so, sluice-sqlite.so.
bool called_like(const std::filesystem::path& file, std::string_view step_type);

}  // namespace sluice::plugin
