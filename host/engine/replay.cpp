// SPDX-License-Identifier: Apache-2.0
#include "engine/replay.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/dead_letters.hpp"
#include "engine/letter_reader.hpp"
#include "engine/letter_records.hpp"
#include "engine/state_file.hpp"

namespace sluice::engine {
namespace {

namespace json = boost::json;

// Whose records a run has replayed; nothing of a run that read its source.
struct Origin {
  std::filesystem::path directory;
  std::string step;
};

std::optional<Origin> origin_of(const json::object& job) {
  const auto& reader = job.at("reader").as_object();
  if (reader.at("stepType").as_string() != letter_reader().name) return std::nullopt;
  const auto& parameter = reader.at("parameter").as_object();
  return Origin{std::string(parameter.at("directory").as_string()), std::string(parameter.at("step").as_string())};
}

}  // namespace

ReplayPlan plan_replay(const StoredRun& run) {
  std::map<std::string, std::uint64_t> counts;
  DeadLetters letters(run.directory);
  ReplayPlan plan;
  while (const auto letter = letters.next()) {
    const std::string step = LetterRecords::step_of(*letter);
    ++(step.empty() ? plan.unreadable : counts[step]);
  }
  if (!run.plan) return plan;
  const auto& stages = run.plan->stages;
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const auto found = counts.find(stages[i].step);
    if (found == counts.end()) continue;
    const bool is_writer = i + 1 == stages.size();
    plan.steps.push_back(
        {stages[i].step, found->second, run.identity.run + ".replay" + (is_writer ? "" : "-" + std::to_string(i + 1))});
  }
  return plan;
}

ResolvedJob replay_job(const ResolvedJob& job, const std::filesystem::path& run_directory, const std::string& step) {
  ResolvedJob replay = job;
  replay.reader = {};
  replay.reader.step = job.reader.step;
  replay.reader.plugin = &letter_reader();
  replay.reader.shown = {{"directory", run_directory.string()}, {"step", step}};
  replay.reader.parameters = std::make_shared<plugin::Parameters>(replay.reader.shown);
  auto& processors = replay.processors;
  const auto first =
      std::find_if(processors.begin(), processors.end(), [&](const auto& one) { return one.step->name == step; });
  processors.erase(processors.begin(), first);
  return replay;
}

bool is_replay(const RunIdentity& run) { return run.reader == letter_reader().name; }

std::filesystem::path still_refused(const StoredRun& run) {
  std::filesystem::path last = run.directory;
  for (;;) {
    const std::filesystem::path next = last.string() + ".replay";
    const auto history = Journal::read(next);
    if (!history || !history->completed) return last;
    last = next;
  }
}

bool is_job_of(const ResolvedJob& job, const StoredRun& run) {
  const auto origin = read_state(run.directory / "job.json", origin_of);
  if (!origin) return false;
  const ResolvedJob then = *origin ? replay_job(job, (*origin)->directory, (*origin)->step) : job;
  return identify(then, run.identity.run).fingerprint == run.identity.fingerprint;
}

}  // namespace sluice::engine
