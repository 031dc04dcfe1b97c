// SPDX-License-Identifier: Apache-2.0
#include "engine/side_run.hpp"

#include <utility>

namespace sluice::engine {
namespace {

// As the job, but that no number of dirty records ends it.
job::Job without_limits(const job::Job& job) {
  job::Job copy = job;
  copy.setting.error_limit = {};
  copy.setting.delivery = SLUICE_DELIVERY_AUTO;
  return copy;
}

Summary failed(const plugin::Failure& failure) {
  Summary summary;
  summary.error = RunError{failure.text(), ""};
  return summary;
}

}  // namespace

bool SideRun::Outcome::is_whole() const {
  if (not_opened) return false;
  // Where every record is dirty there is nothing to be compared.
  return summary.status == RunStatus::succeeded || summary.status == RunStatus::limit_exceeded;
}

SideRun::Outcome SideRun::run(const ResolvedJob& side, Gatherer& into, job::Problems& problems) {
  const job::Job& script = scripts_.emplace_back(without_limits(*side.job));
  ResolvedJob resolved = side;
  resolved.job = &script;
  resolved.writer = {};
  resolved.writer.step = side.writer.step;
  resolved.writer.plugin = &gather_plugin();
  resolved.writer.parameters = std::make_shared<plugin::Parameters>(boost::json::object());

  Outcome outcome;
  outcome.directory = scratch_ / std::to_string(count_++);
  std::error_code failure;
  std::filesystem::create_directory(outcome.directory, failure);
  const std::string id = scratch_.filename().string();
  const GatherTarget& target = targets_.emplace_back(GatherTarget{&into});
  OpenRules rules{.resumable = false, .run_id = id, .validation = validation_};
  rules.extensions[gather_extension] = &target;
  OpenOutcome open = engine::open(resolved, rules, log_, problems);
  if (!open.job || problems.has_errors()) {
    outcome.not_opened = std::move(open);
    return outcome;
  }
  auto state = RunState::create(outcome.directory, identify(resolved, id), resolved);
  if (!state) {
    outcome.summary = failed(state.error());
    return outcome;
  }
  outcome.summary = engine::run(*open.job, **state, {}, hooks_);
  if (outcome.summary.abandoned) {  // a thread is still in there
    [[maybe_unused]] const auto* job = open.job.release();
    [[maybe_unused]] const auto* kept = state->release();
  }
  return outcome;
}

}  // namespace sluice::engine
