// SPDX-License-Identifier: Apache-2.0
#include "plugin/inspect.hpp"

#include <sluice/plugin.h>

#include <algorithm>
#include <boost/dll/library_info.hpp>
#include <stdexcept>
#include <vector>

#include "plugin/elf_file.hpp"

namespace sluice::plugin {
namespace {

constexpr std::string_view entry_prefix = "sluice_plugin_entry_v";

// The interface versions that a file has an entry for: "1", "2".
std::vector<std::string> entry_versions(const std::filesystem::path& path) {
  std::vector<std::string> versions;
  for (const std::string& symbol : boost::dll::library_info(path).symbols())
    if (symbol.starts_with(entry_prefix)) versions.push_back(symbol.substr(entry_prefix.size()));
  std::ranges::sort(versions);
  return versions;
}

std::string check_entry(const std::filesystem::path& path) {
  std::vector<std::string> versions;
  try {
    versions = entry_versions(path);
  } catch (const std::exception& error) {
    return std::string("is damaged: its symbols cannot be read: ") + error.what();
  }
  if (versions.empty()) return "is not a Sluice plugin: it exports no " SLUICE_PLUGIN_ENTRY_NAME;
  const std::string ours = std::to_string(SLUICE_ABI_MAJOR);
  if (std::ranges::find(versions, ours) != versions.end()) return {};
  std::string theirs;
  for (const std::string& version : versions) theirs += (theirs.empty() ? "v" : ", v") + version;
  return "is built for plugin interface " + theirs + ", this host speaks v" + ours;
}

}  // namespace

void throw_exception_from_error(const Refusal& refusal, const boost::source_location&) {
  throw std::logic_error("unexamined refusal: " + refusal.reason);
}

boost::system::result<void, Refusal> inspect(const std::filesystem::path& path) {
  std::string wrong = check_elf(path);
  if (wrong.empty()) wrong = check_entry(path);
  if (!wrong.empty()) return Refusal{std::move(wrong)};
  return {};
}

}  // namespace sluice::plugin
