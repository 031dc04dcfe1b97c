// SPDX-License-Identifier: Apache-2.0
#include "engine/stored_run.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "engine/crash_point.hpp"
#include "engine/dead_letters.hpp"
#include "engine/done_run.hpp"
#include "engine/durable_file.hpp"
#include "engine/run_lock.hpp"
#include "engine/scratch.hpp"
#include "engine/state_file.hpp"

namespace sluice::engine {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

}  // namespace

std::string StoredRun::status() const {
  if (is_running) return "running";
  if (history.completed) return "succeeded";
  if (history.abandoned && !summary) return "abandoned";
  if (summary && summary->contains("status") && summary->at("status").is_string())
    return std::string(summary->at("status").get_string());
  return "interrupted";
}

Counters StoredRun::counters() const {
  if (summary && !is_running) return counters_from_json(*summary);
  return history.sums(DeadLetters::count(directory));
}

double StoredRun::elapsed_seconds() const {
  using seconds = std::chrono::duration<double>;
  if (is_running) return seconds(std::chrono::system_clock::now() - identity.started).count();
  if (summary && summary->contains("elapsed_seconds")) return summary->at("elapsed_seconds").to_number<double>();
  auto last = identity.started;
  for (const char* name : {"run.json", "plan.json", "journal.jsonl", "dirty.jsonl"}) {
    std::error_code missing;
    const auto written = fs::last_write_time(directory / name, missing);
    if (!missing) last = std::max(last, std::chrono::file_clock::to_sys(written));
  }
  return seconds(last - identity.started).count();
}

plugin::Result<StoredRun> read_run(const fs::path& directory) {
  StoredRun run;
  run.directory = directory;
  auto identity = read_identity(directory);
  if (!identity) return identity.error();
  run.identity = std::move(*identity);
  auto history = Journal::read(directory);
  if (!history) return history.error();
  run.history = std::move(*history);
  if (auto plan = read_plan(directory)) run.plan = std::move(*plan);
  if (auto summary = read_state(directory / "summary.json", [](const json::object& o) { return o; }))
    run.summary = std::move(*summary);

  run.is_running = is_run_locked(directory.parent_path().parent_path(), run.identity.run);
  return run;
}

namespace {

std::vector<fs::path> run_directories(const fs::path& state) {
  std::vector<fs::path> directories;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(state / "runs", missing)) directories.push_back(entry.path());
  return directories;
}

}  // namespace

std::vector<RunPlace> find_runs(const fs::path& state) {
  std::vector<RunPlace> places;
  for (auto& directory : run_directories(state))
    if (auto identity = read_identity(directory)) places.push_back({std::move(*identity), std::move(directory)});
  std::sort(places.begin(), places.end(),
            [](const auto& a, const auto& b) { return a.identity.started > b.identity.started; });
  return places;
}

std::vector<StoredRun> list_runs(const fs::path& state) {
  std::vector<StoredRun> runs;
  for (const auto& place : find_runs(state))
    if (auto run = read_run(place.directory)) runs.push_back(std::move(*run));
  return runs;
}

plugin::Result<std::optional<StoredRun>> last_run(const fs::path& state, const std::string& fingerprint) {
  const auto places = find_runs(state);
  const auto last = std::find_if(places.begin(), places.end(),
                                 [&](const RunPlace& place) { return place.identity.fingerprint == fingerprint; });
  if (last == places.end()) return std::optional<StoredRun>();
  auto run = read_run(last->directory);
  if (!run) return run.error();
  return std::optional(std::move(*run));
}

namespace {

// Made by a process that died before it could say whose run it was to be. A young one may still be in the making.
void remove_stillborn(const fs::path& state) {
  std::error_code ignored;
  const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(1);
  for (const auto& directory : run_directories(state)) {
    if (fs::exists(directory / "run.json", ignored) || fs::last_write_time(directory, ignored) > long_ago) continue;
    for (const char* name : {"job.json.new", "job.json", "run.json.new"}) fs::remove(directory / name, ignored);
    fs::remove(directory, ignored);  // only when nothing else is there
  }
}

// Without it nobody would know that a new run could double what is in the destination.
bool is_needed(const History& history) {
  return history.may_have_written() && !history.completed && !history.abandoned;
}

}  // namespace

plugin::Result<void> remove_run(const fs::path& directory) {
  const auto aside = Scratch::make(directory.parent_path().parent_path());
  if (!aside) return aside.error();
  if (auto moved = move_durably(directory, aside->path() / "run"); !moved) return moved;
  crash_point("after-run-aside");
  return {};
}

void prune_runs(const fs::path& state, std::size_t keep) {
  Scratch::sweep(state);
  remove_stillborn(state);
  if (run_directories(state).size() <= keep) return;
  const auto places = find_runs(state);
  for (std::size_t i = keep; i < places.size(); ++i) {
    if (const auto history = Journal::read(places[i].directory); !history || is_needed(*history)) continue;
    const auto lock = lock_run(state, places[i].identity.run);
    if (!lock) continue;
    const auto run = read_run(places[i].directory);  // as it is now that nobody changes it
    if (!run || is_needed(run->history)) continue;
    // What nobody remembers would be done again.
    if (run->is_finished() && !remember_done(state, *run)) continue;
    (void)remove_run(run->directory);
  }
}

}  // namespace sluice::engine
