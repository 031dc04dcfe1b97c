// SPDX-License-Identifier: Apache-2.0
#include "engine/job_services.hpp"

#include <algorithm>
#include <utility>

namespace sluice::engine {
namespace {

void note_in(Facts& facts, std::string_view key, std::string_view value) {
  if (key == "consistent") {
    facts.consistent = value;
    return;
  }
  auto& notes = facts.notes;
  const auto known = std::find_if(notes.begin(), notes.end(), [&](const auto& n) { return n.first == key; });
  if (known == notes.end())
    notes.emplace_back(key, value);
  else
    known->second = value;
}

}  // namespace

JobServices::JobServices(const job::Setting& setting, Log& log_to)
    : budget(setting.memory, stop),
      throttle(setting.mbps, setting.records_per_second),
      log(log_to),
      lanes_(setting.concurrent) {}

void JobServices::note(std::string_view key, std::string_view value) {
  const std::lock_guard lock(mutex_);
  note_in(facts_, key, value);
}

void JobServices::warn(std::string text) {
  log.write(LogLevel::warning, "engine", text);
  const std::lock_guard lock(mutex_);
  facts_.warnings.push_back(std::move(text));
}

void JobServices::count(std::string_view metric, std::int64_t delta) {
  const std::lock_guard lock(mutex_);
  facts_.metrics[std::string(metric)] += delta;
}

Facts JobServices::facts() const {
  const std::lock_guard lock(mutex_);
  return facts_;
}

Facts JobServices::take_facts() {
  const std::lock_guard lock(mutex_);
  return std::exchange(facts_, {});
}

void JobServices::add(const Facts& more) {
  const std::lock_guard lock(mutex_);
  for (const auto& [key, value] : more.notes) note_in(facts_, key, value);
  if (!more.consistent.empty()) facts_.consistent = more.consistent;
  facts_.warnings.insert(facts_.warnings.end(), more.warnings.begin(), more.warnings.end());
  for (const auto& [name, delta] : more.metrics) facts_.metrics[name] += delta;
}

void StepServices::collect_problems(job::Problems* problems) {
  const std::lock_guard lock(mutex_);
  problems_ = problems;
}

void StepServices::problem(const plugin::StepProblem& problem) {
  const std::lock_guard lock(mutex_);
  if (problems_ == nullptr) {
    std::string text(problem.message);
    if (!problem.advice.empty()) text += " (" + std::string(problem.advice) + ")";
    if (problem.warning) return job_.warn(step_.name + ": " + text);
    return job_.log.write(LogLevel::error, step_.name, text);
  }
  const auto severity = problem.warning ? job::Severity::warning : job::Severity::error;
  const auto place = places_ == nullptr ? ParameterPlaces::const_iterator() : places_->find(std::string(problem.path));
  if (places_ != nullptr && place != places_->end()) {
    const auto& [file, path, position] = place->second;
    return problems_->add(
        {severity, path, position, std::string(problem.message), std::string(problem.advice), file, {}});
  }
  std::string path = step_.parameter_path();
  if (!problem.path.empty()) path += "." + std::string(problem.path);
  job::report_value(script_.document, *problems_, severity, std::move(path), std::string(problem.message),
                    std::string(problem.advice));
}

const void* StepServices::extension(const char* id) {
  const auto found = job_.extensions.find(std::string_view(id));
  return found == job_.extensions.end() ? nullptr : found->second;
}

plugin::Result<void> StepServices::reserve(std::uint64_t bytes) {
  plugin::Failure failure;
  switch (reservation_.take(bytes)) {
    case Reservation::Answer::granted:
      return {};
    case Reservation::Answer::too_much:
      failure.code = SLUICE_NO_MEMORY;
      failure.message =
          "more memory is asked for than setting.memory allows (raise it, or let the step buffer less): " +
          std::to_string(bytes) + " bytes of " + std::to_string(job_.budget.limit());
      return failure;
    case Reservation::Answer::stopping:
      break;
  }
  failure.code = SLUICE_CANCELLED;
  failure.message = "the job is stopping";
  return failure;
}

}  // namespace sluice::engine
