// SPDX-License-Identifier: Apache-2.0
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/program_options/value_semantic.hpp>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/plugin_directories.hpp"
#include "cli/table_text.hpp"
#include "engine/summary.hpp"

namespace sluice::cli {
namespace {

namespace po = boost::program_options;
using plugin::Entry;
using plugin::Listing;

std::string names_of(const plugin::Declared& plugin) {
  std::string names = plugin.name;
  for (const std::string& alias : plugin.aliases) names += ", " + alias;
  return names;
}

std::string file_of(const Entry& entry) {
  std::string file = entry.file.string();
  return entry.shadowed_by.empty() ? file : file + " (not used: hidden by " + entry.shadowed_by.string() + ")";
}

std::string as_text(const Listing& listing, const plugin::Catalogue& catalogue) {
  std::string text;
  if (listing.entries.empty()) {
    text = "No plugin was found. These directories were searched:\n" + searched_text(catalogue);
  } else {
    std::vector<Row> rows{{"NAME", "KIND", "VERSION", "FILE"}};
    for (const Entry& entry : listing.entries) {
      rows.push_back(
          {names_of(entry.plugin), std::string(to_string(entry.plugin.kind)), entry.plugin.version, file_of(entry)});
    }
    text = table_text(rows);
  }
  if (!listing.refused.empty()) text += "\nRefused:\n";
  for (const auto& refused : listing.refused) text += "  " + refused.file.string() + ": " + refused.reason + '\n';
  return text;
}

boost::json::object json_of(const Entry& entry) {
  boost::json::array aliases;
  for (const std::string& alias : entry.plugin.aliases) aliases.emplace_back(alias);
  boost::json::value shadowed;
  if (!entry.shadowed_by.empty()) shadowed = entry.shadowed_by.string();
  return {{"name", entry.plugin.name},
          {"aliases", aliases},
          {"kind", to_string(entry.plugin.kind)},
          {"version", entry.plugin.version},
          {"description", entry.plugin.description},
          {"file", entry.file.string()},
          {"shadowed_by", shadowed}};
}

std::string as_json(const Listing& listing) {
  boost::json::array plugins, refused;
  for (const Entry& entry : listing.entries) plugins.push_back(json_of(entry));
  for (const auto& file : listing.refused) {
    refused.push_back(boost::json::object{{"file", file.file.string()}, {"reason", file.reason}});
  }
  return boost::json::serialize(boost::json::object{{"plugins", plugins}, {"refused", refused}}) + "\n";
}

}  // namespace

int plugins_command(Given given, Console& console) {
  bool json = false;
  PluginDirectories directories;
  Arguments arguments({.command = "plugins",
                       .synopsis = "",
                       .description = "Lists every plugin with its kind, version and file, and the files that were "
                                      "refused, each with the\nreason. Every file is loaded in a process of its own: "
                                      "a bad one does no harm.",
                       .notes = "",
                       .example = "sluice plugins --plugin-dir ./my-plugins"});
  directories.add_to(arguments);
  arguments.add()("json", po::bool_switch(&json), "as JSON");
  if (auto code = arguments.parse(given, console)) return *code;
  if (std::string what = directories.problem(); !what.empty()) return wrong_use(console, what, "plugins");

  plugin::Catalogue catalogue = directories.catalogue();
  Listing listing = catalogue.listing();
  bool printed = console.print(json ? as_json(listing) : as_text(listing, catalogue));
  return printed ? engine::exit_code::done : engine::exit_code::failed;
}

}  // namespace sluice::cli
