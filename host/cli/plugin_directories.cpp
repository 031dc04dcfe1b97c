// SPDX-License-Identifier: Apache-2.0
#include "cli/plugin_directories.hpp"

#include <boost/program_options/value_semantic.hpp>
#include <filesystem>

namespace sluice::cli {

namespace po = boost::program_options;

void PluginDirectories::add_to(Arguments& arguments) {
  arguments.add()("plugin-dir", po::value(&given_)->value_name("DIR"),
                  "look for plugins there first; may be repeated (then SLUICE_PLUGIN_PATH, then "
                  "../lib/sluice/plugins beside the program)");
}

std::string PluginDirectories::problem() const {
  for (const std::string& directory : given_) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(directory, ignored)) return "--plugin-dir is no directory: " + directory;
  }
  return {};
}

plugin::Catalogue PluginDirectories::catalogue() const {
  std::vector<std::filesystem::path> paths(given_.begin(), given_.end());
  return plugin::Catalogue(plugin::search_directories(paths));
}

std::string searched_text(const plugin::Catalogue& catalogue) {
  std::string text;
  for (const plugin::SearchDirectory& directory : catalogue.directories()) {
    std::error_code ignored;
    bool there = std::filesystem::is_directory(directory.path, ignored);
    text +=
        "  " + directory.path.string() + " (" + directory.origin + ")" + (there ? "" : ": no such directory") + '\n';
  }
  return text;
}

}  // namespace sluice::cli
