// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "engine/summary.hpp"
#include "job/suggest.hpp"

namespace sluice::cli {
namespace {

constexpr Command table[] = {
    {"run", "run a job", run_command},
    {"check", "report every problem of a job, touch nothing", check_command},
    {"plan", "show what a run would do, change nothing", plan_command},
    {"preview", "show the first records of a job, write none", preview_command},
    {"verify", "compare what a job has written with its source", verify_command},
    {"backfill", "run a job for every business date of a range", backfill_command},
    {"params", "show a job's scheduling parameters and their values", params_command},
    {"runs", "list the runs that are kept, show one", runs_command},
    {"dirty", "show the dirty records of a run", dirty_command},
    {"replay", "run the dirty records of a run again", replay_command},
    {"datasource", "list the data sources, show one, test its connection", datasource_command},
    {"plugins", "list the plugins and the files that were refused", plugins_command},
    {"describe", "show the parameters of a plugin", describe_command},
    {"template", "write a job script to start from", template_command},
    {"convert", "write a script of DataX or of version 1.0 anew", convert_command},
    {"schema", "write a JSON Schema of job scripts, for editors", schema_command},
    {"version", "show the version", version_command},
};

std::string help() {
  std::string text =
      "Sluice moves tables between data stores.\n\n"
      "sluice COMMAND [options]\n\nCommands:\n";
  for (const Command& command : table) {
    std::string name(command.name);
    name.resize(12, ' ');
    text.append("  ").append(name).append(command.summary).append("\n");
  }
  return text +
         "\n'sluice COMMAND -h' tells more about a command.\n\n"
         "Example:\n  sluice run job.json\n";
}

const Command* find(std::string_view name) {
  auto found = std::find_if(std::begin(table), std::end(table), [&](const Command& c) { return c.name == name; });
  return found == std::end(table) ? nullptr : &*found;
}

int unknown(const std::string& name, Console& console) {
  std::vector<std::string> names;
  for (const Command& command : table) names.emplace_back(command.name);
  std::string advice = job::did_you_mean(name, names);
  bool is_option = name.starts_with('-');
  std::string what = (is_option ? "unknown option '" : "unknown command '") + name + "'";
  return wrong_use(console, advice.empty() ? what : what + " (" + advice + ")");
}

bool wants_help(const std::string& word) { return word == "-h" || word == "--help" || word == "help"; }

}  // namespace

std::span<const Command> commands() { return table; }

int dispatch(Given given, Console& console) {
  if (given.empty()) {
    console.tell(help());
    return engine::exit_code::wrong_use;
  }
  std::string name = given.front();
  std::vector<std::string> rest(given.begin() + 1, given.end());
  if (name == "help" && !rest.empty()) {
    name = rest.front();
    rest = {"--help"};
  }
  if (wants_help(name)) return console.print(help()) ? engine::exit_code::done : engine::exit_code::failed;
  if (name == "--version") name = "version";
  const Command* command = find(name);
  return command == nullptr ? unknown(name, console) : command->execute(rest, console);
}

}  // namespace sluice::cli
