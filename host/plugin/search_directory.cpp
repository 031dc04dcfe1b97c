// SPDX-License-Identifier: Apache-2.0
#include "plugin/search_directory.hpp"

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <system_error>

namespace sluice::plugin {
namespace {

constexpr const char* installed_plugins = "../lib/sluice/plugins";  // seen from bin/

std::vector<std::filesystem::path> path_list(const char* text) {
  std::vector<std::filesystem::path> paths;
  std::string_view rest = text == nullptr ? "" : text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    if (end > 0) paths.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return paths;
}

std::filesystem::path beside_program() {
  std::error_code none;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", none);
  return program.empty() ? program : program.parent_path() / installed_plugins;
}

std::filesystem::path whole_path(const std::filesystem::path& path) {
  std::error_code none;
  auto whole = std::filesystem::absolute(path, none).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

}  // namespace

std::vector<SearchDirectory> search_directories(std::span<const std::filesystem::path> command_line) {
  std::vector<SearchDirectory> directories;
  const auto add = [&](const std::filesystem::path& path, const char* origin) {
    if (path.empty()) return;
    SearchDirectory directory{whole_path(path), origin};
    if (std::ranges::find(directories, directory.path, &SearchDirectory::path) == directories.end())
      directories.push_back(std::move(directory));
  };
  for (const auto& path : command_line) add(path, "--plugin-dir");
  for (const auto& path : path_list(std::getenv("SLUICE_PLUGIN_PATH"))) add(path, "SLUICE_PLUGIN_PATH");
  add(beside_program(), "beside the program");
  return directories;
}

std::vector<std::filesystem::path> plugin_files(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> files;
  std::error_code none;
  for (std::filesystem::directory_iterator entry(directory, none), end; !none && entry != end; entry.increment(none)) {
    const std::string name = entry->path().filename().string();
    if (name.ends_with(".so") && !name.starts_with(".")) files.push_back(entry->path());
  }
  std::ranges::sort(files);
  return files;
}

bool called_like(const std::filesystem::path& file, std::string_view step_type) {
  const std::string stem = file.stem().string();
  std::string_view name = stem;
  for (const std::string_view prefix : {"", "lib", "sluice-", "sluice_"}) {
    if (!name.starts_with(prefix)) continue;
    name.remove_prefix(prefix.size());
    if (name == step_type) return true;
  }
  return false;
}

}  // namespace sluice::plugin
