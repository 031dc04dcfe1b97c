// SPDX-License-Identifier: Apache-2.0
#include <boost/json/serialize.hpp>
#include <boost/program_options/value_semantic.hpp>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/dirty_text.hpp"
#include "cli/find_run.hpp"
#include "cli/quantity_text.hpp"
#include "cli/run_directory.hpp"
#include "engine/summary.hpp"

namespace sluice::cli {
namespace {

namespace po = boost::program_options;
namespace exit_code = engine::exit_code;

int list(engine::DeadLetters& letters, bool json, Console& console) {
  while (auto letter = letters.next())
    if (!console.print(json ? letter->text + "\n" : letter_text(*letter))) return exit_code::failed;
  return exit_code::done;
}

int group(const engine::StoredRun& run, engine::DeadLetters& letters, bool json, Console& console) {
  DirtyReasons sorted;
  std::uint64_t count = 0;
  for (; auto letter = letters.next(); ++count) sorted.add(std::move(*letter));
  const auto reasons = std::move(sorted).take();
  std::string text;
  if (json) {
    text = boost::json::serialize(boost::json::object{{"run", run.identity.run},
                                                      {"dirty", count},
                                                      {"file", engine::DeadLetters::file(run.directory).string()},
                                                      {"reasons", reasons_json(reasons)}}) +
           "\n";
  } else if (count == 0) {
    text = "Run " + run.identity.run + " has no dirty records.\n";
  } else {
    text = reasons_text(reasons) + "\n" + count_text(count, "dirty record") + ", with all their values in " +
           engine::DeadLetters::file(run.directory).string() + "\n";
  }
  return console.print(text) ? exit_code::done : exit_code::failed;
}

}  // namespace

int dirty_command(Given given, Console& console) {
  bool json = false, all = false;
  std::string directory;
  Arguments arguments({.command = "dirty",
                       .synopsis = "RUN",
                       .description = "Shows the dirty records of a run, grouped by reason: how many, which step and "
                                      "column, and the first of\nthem with its values. RUN is the run's id, or last.",
                       .notes = "'sluice replay RUN' runs them again once their cause is mended.",
                       .example = "sluice dirty last",
                       .least = 1,
                       .most = 1});
  arguments.add()("state-dir", po::value(&directory)->value_name("DIR"), "where runs keep their state")(
      "all", po::bool_switch(&all), "every record, one after the other")(
      "json", po::bool_switch(&json), "as JSON; with --all one object a line, as they are kept");
  if (auto code = arguments.parse(given, console)) return *code;
  auto state = state_directory(directory);
  if (!state) return no_run(console, "dirty", state.error());
  auto run = find_run(*state, arguments.positional().front());
  if (!run) return no_run(console, "dirty", run.error());
  engine::DeadLetters letters(run->directory);
  const int code = all ? list(letters, json, console) : group(*run, letters, json, console);
  if (letters.broken() == 0) return code;
  console.tell("sluice dirty: lines that cannot be read: " + std::to_string(letters.broken()));
  return exit_code::failed;
}

}  // namespace sluice::cli
