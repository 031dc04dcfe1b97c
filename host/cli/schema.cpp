// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/installed.hpp"
#include "cli/json_text.hpp"
#include "cli/output_file.hpp"
#include "cli/plugin_directories.hpp"
#include "engine/summary.hpp"
#include "job/script_schema.hpp"

namespace sluice::cli {
namespace {

constexpr const char* schema_notes =
    "Editors complete keys and values by it, show descriptions and underline mistakes. Name it in the script,\n"
    "\"$schema\": \"./job.schema.json\", or in the editor's settings. It is of the plugins that are installed now: "
    "make\n"
    "it anew when they change. Unknown keys are refused by it, as under 'check --strict'; what ties one parameter to\n"
    "another, and everything in a store, is found by 'check' alone.";

std::vector<job::StepChoice> choices(const std::vector<const plugin::Plugin*>& plugins) {
  std::vector<job::StepChoice> result;
  for (const plugin::Plugin* plugin : plugins) {
    std::vector<std::string> names{plugin->name};
    names.insert(names.end(), plugin->aliases.begin(), plugin->aliases.end());
    result.push_back({std::string(to_string(plugin->kind)), std::move(names), plugin->description, &plugin->options});
  }
  return result;
}

}  // namespace

int schema_command(Given given, Console& console) {
  OutputFile output;
  PluginDirectories directories;
  Arguments arguments({.command = "schema",
                       .synopsis = "",
                       .description = "Writes a JSON Schema (draft 2020-12) of job scripts: their own keys, and the "
                                      "parameters of every plugin.",
                       .notes = schema_notes,
                       .example = "sluice schema --output job.schema.json"});
  output.add_to(arguments);
  directories.add_to(arguments);
  if (auto code = arguments.parse(given, console)) return *code;
  for (const std::string& what : {output.problem(), directories.problem()})
    if (!what.empty()) return wrong_use(console, what, "schema");
  plugin::Catalogue catalogue = directories.catalogue();
  const std::string text = json_text(job::script_schema(choices(installed(catalogue, console)))) + '\n';
  return output.write(text, console) ? engine::exit_code::done : engine::exit_code::failed;
}

}  // namespace sluice::cli
