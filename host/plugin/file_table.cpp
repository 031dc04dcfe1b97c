// SPDX-License-Identifier: Apache-2.0
#include "plugin/file_table.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <set>
#include <string>

#include "plugin/required.hpp"
#include "plugin/sized.hpp"
#include "plugin/text.hpp"

namespace sluice::plugin {
namespace {

constexpr std::size_t max_plugins = 256;
constexpr std::size_t max_aliases = 64;
constexpr std::size_t max_name = 64;

using Faults = std::vector<std::string>;

std::string joined(const Faults& faults) {
  std::string text;
  for (const std::string& fault : faults) text += (text.empty() ? "" : "; ") + fault;
  return text;
}

std::string version(std::uint32_t major, std::uint32_t minor) {
  return std::to_string(major) + "." + std::to_string(minor);
}

// The host as a whole: nothing more is worth looking at when this fails.
std::string check_versions(const SluicePluginFile* theirs) {
  if (theirs == nullptr) return "its entry function answered with nothing";
  constexpr std::size_t least = offsetof(SluicePluginFile, plugins) + sizeof(SluicePluginFile::plugins);
  if (theirs->struct_size < least)
    return "its file table is too small: struct_size is " + std::to_string(theirs->struct_size) + ", at least " +
           std::to_string(least) + " is needed";
  const SluicePluginFile file = sized_copy(theirs);
  if (file.abi_major != SLUICE_ABI_MAJOR)
    return "is built for plugin interface v" + std::to_string(file.abi_major) + ", this host speaks v" +
           std::to_string(SLUICE_ABI_MAJOR);
  if (file.requires_host_minor > SLUICE_ABI_MINOR)
    return "needs a newer host: plugin interface " + version(file.abi_major, file.requires_host_minor) +
           ", this host has " + version(SLUICE_ABI_MAJOR, SLUICE_ABI_MINOR);
  if (file.plugins == nullptr || file.plugins[0] == nullptr) return "its file table holds no plugins";
  return {};
}

bool good_name(std::string_view name) {
  return !name.empty() && name.size() <= max_name && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
  });
}

std::string read_name(const char* raw, std::string_view what, Faults& faults) {
  if (raw == nullptr) {
    faults.push_back("no " + std::string(what));
    return {};
  }
  std::string name = clean_text({raw, strnlen(raw, max_name + 1)});
  if (!good_name(name))
    faults.push_back("bad " + std::string(what) + " (letters, digits, \"_\", \"-\" and \".\", at most " +
                     std::to_string(max_name) + "): \"" + name + "\"");
  return name;
}

std::string read_line(const char* raw, std::string_view what, Faults& faults) {
  if (raw == nullptr) {
    faults.push_back("no " + std::string(what));
    return {};
  }
  std::string line = clean_text({raw, strnlen(raw, SLUICE_MESSAGE_SIZE)});
  std::ranges::replace_if(
      line, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return line;
}

void read_declaration(const SluicePlugin& raw, Plugin& plugin, Faults& faults) {
  plugin.kind = static_cast<Kind>(raw.kind);
  plugin.name = read_name(raw.name, "name", faults);
  for (std::size_t i = 0; raw.aliases != nullptr && raw.aliases[i] != nullptr && i < max_aliases; ++i)
    plugin.aliases.push_back(read_name(raw.aliases[i], "alias", faults));
  plugin.version = read_line(raw.version, "version", faults);
  plugin.description = read_line(raw.description, "description", faults);
  auto options = job::OptionTable::from_plugin(raw.options);
  if (options)
    plugin.options = std::move(*options);
  else
    faults.push_back("bad option table: " + options.error());
}

template <class Table>
void read_table(const Table* theirs, Table& ours, Faults& faults) {
  if (theirs == nullptr) {
    faults.push_back("no function table of its kind");
    return;
  }
  ours = sized_copy(theirs);
  std::string missing;
  for (const char* name : missing_functions(ours)) missing += (missing.empty() ? "" : ", ") + std::string(name);
  if (!missing.empty()) faults.push_back("functions that must be there are not: " + missing);
}

void read_functions(const SluicePlugin& raw, Plugin& plugin, Faults& faults) {
  switch (raw.kind) {
    case SLUICE_KIND_READER:
      read_table(raw.reader, plugin.reader, faults);
      break;
    case SLUICE_KIND_WRITER:
      read_table(raw.writer, plugin.writer, faults);
      break;
    case SLUICE_KIND_PROCESSOR:
      read_table(raw.processor, plugin.processor, faults);
      break;
    default:
      faults.push_back("unknown kind " + std::to_string(raw.kind));
      return;
  }
  const int tables = (raw.reader != nullptr) + (raw.writer != nullptr) + (raw.processor != nullptr);
  if (tables > 1) faults.push_back("function tables of more than one kind");
  plugin.get_extension = raw.get_extension;
}

Plugin read_plugin(const SluicePlugin* theirs, const std::filesystem::path& file, std::size_t index, Faults& all) {
  Faults faults;
  Plugin plugin;
  plugin.file = file;
  const SluicePlugin raw = sized_copy(theirs);
  read_declaration(raw, plugin, faults);
  read_functions(raw, plugin, faults);
  const std::string where = good_name(plugin.name) ? "\"" + plugin.name + "\"" : "number " + std::to_string(index + 1);
  if (!faults.empty()) all.push_back("plugin " + where + ": " + joined(faults));
  return plugin;
}

void check_twins(const std::vector<Plugin>& plugins, Faults& faults) {
  std::set<std::pair<Kind, std::string>> seen;
  const auto claim = [&](Kind kind, const std::string& name) {
    if (!seen.emplace(kind, name).second)
      faults.push_back("two " + std::string(to_string(kind)) + "s answer to one name: \"" + name + "\"");
  };
  for (const Plugin& plugin : plugins) {
    claim(plugin.kind, plugin.name);
    for (const std::string& alias : plugin.aliases) claim(plugin.kind, alias);
  }
}

}  // namespace

boost::system::result<std::vector<Plugin>, Refusal> read_file_table(const SluicePluginFile* theirs,
                                                                    const std::filesystem::path& path) {
  if (std::string wrong = check_versions(theirs); !wrong.empty()) return Refusal{std::move(wrong)};
  std::vector<Plugin> plugins;
  Faults faults;
  for (std::size_t i = 0; theirs->plugins[i] != nullptr && i < max_plugins; ++i)
    plugins.push_back(read_plugin(theirs->plugins[i], path, i, faults));
  check_twins(plugins, faults);
  if (!faults.empty()) return Refusal{joined(faults)};
  return plugins;
}

}  // namespace sluice::plugin
