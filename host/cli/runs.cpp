// SPDX-License-Identifier: Apache-2.0
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <limits>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/find_run.hpp"
#include "cli/run_directory.hpp"
#include "cli/stored_run_text.hpp"
#include "engine/summary.hpp"

namespace sluice::cli {
namespace {

namespace po = boost::program_options;

constexpr std::size_t splits_shown = 30;

int answer(Console& console, const std::string& text) {
  return console.print(text) ? engine::exit_code::done : engine::exit_code::failed;
}

int list(const std::filesystem::path& state, bool json, Console& console) {
  const auto runs = engine::list_runs(state);
  if (json) {
    boost::json::array all;
    for (const auto& run : runs) all.push_back(run_json(run));
    return answer(console, boost::json::serialize(boost::json::object{{"runs", all}}) + "\n");
  }
  if (runs.empty()) return answer(console, "No run is kept in " + state.string() + ".\n");
  return answer(console, runs_text(runs));
}

}  // namespace

int runs_command(Given given, Console& console) {
  bool json = false, all = false;
  std::string directory;
  Arguments arguments({.command = "runs",
                       .synopsis = "[show RUN]",
                       .description = "Lists the runs whose state is kept, the newest first. 'runs show RUN' tells "
                                      "everything about one: plan,\nsplits, notes, summary. RUN is its id, or last.",
                       .notes = "An interrupted run ended without saying how: a crash, a kill. 'sluice run JOB "
                                "--resume RUN' goes on with one that\nis not done.",
                       .example = "sluice runs show last",
                       .least = 0,
                       .most = 2});
  arguments.add()("state-dir", po::value(&directory)->value_name("DIR"), "where runs keep their state")(
      "json", po::bool_switch(&json), "as JSON")("all", po::bool_switch(&all), "every split, however many there are");
  if (auto code = arguments.parse(given, console)) return *code;
  const auto& words = arguments.positional();
  if (!words.empty() && (words.size() != 2 || words.front() != "show"))
    return wrong_use(console, "unexpected word '" + words.front() + "' (did you mean \"show RUN\"?)", "runs");
  auto state = state_directory(directory);
  if (!state) return no_run(console, "runs", state.error());
  if (words.empty()) return list(*state, json, console);

  auto run = find_run(*state, words.back());
  if (!run) return no_run(console, "runs", run.error());
  if (json) return answer(console, boost::json::serialize(whole_run_json(*run)) + "\n");
  const std::size_t splits = all ? std::numeric_limits<std::size_t>::max() : splits_shown;
  return answer(console, run_text(*run, splits, console.output()));
}

}  // namespace sluice::cli
