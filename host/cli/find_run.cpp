// SPDX-License-Identifier: Apache-2.0
#include "cli/find_run.hpp"

#include <vector>

#include "cli/run_choice.hpp"
#include "job/suggest.hpp"

namespace sluice::cli {
namespace {

Trouble no_such_run(const std::filesystem::path& state, const std::string& id) {
  std::vector<std::string> known;
  for (const auto& run : engine::list_runs(state)) known.push_back(run.identity.run);
  const std::string meant = job::did_you_mean(id, known);
  return Trouble("there is no such run (" + (meant.empty() ? "" : meant + "; ") + "'sluice runs' lists those in " +
                 state.string() + "): " + id);
}

}  // namespace

boost::system::result<engine::StoredRun, Trouble> find_run(const std::filesystem::path& state, const std::string& id) {
  if (id == "last") {
    auto runs = engine::list_runs(state);
    if (runs.empty()) return Trouble("no run is kept in " + state.string() + " (--state-dir names another place)");
    return std::move(runs.front());
  }
  const std::filesystem::path directory = state / "runs" / id;
  const bool is_id = RunWish{.run_id = id}.problem().empty();
  if (!is_id || !std::filesystem::exists(directory / "run.json")) return no_such_run(state, id);
  auto run = engine::read_run(directory);
  if (!run) return Trouble(run.error().message);
  return std::move(*run);
}

int no_run(Console& console, const std::string& command, const Trouble& trouble) {
  console.tell(paint(console.error(), Style::bad, "sluice " + command + ": ") + trouble.text);
  return engine::exit_code::wrong_use;
}

}  // namespace sluice::cli
