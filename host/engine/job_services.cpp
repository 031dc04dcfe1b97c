// SPDX-License-Identifier: Apache-2.0
#include "engine/job_services.hpp"

#include <algorithm>

namespace sluice::engine {

JobServices::JobServices(const job::Setting& setting, Log& log_to)
    : budget(setting.memory, stop),
      throttle(setting.mbps, setting.records_per_second),
      log(log_to),
      lanes_(setting.concurrent) {}

void JobServices::note(std::string_view key, std::string_view value) {
  const std::lock_guard lock(mutex_);
  if (key == "consistent") {
    consistent_ = value;
    return;
  }
  const auto known = std::find_if(notes_.begin(), notes_.end(), [&](const auto& n) { return n.first == key; });
  if (known == notes_.end())
    notes_.emplace_back(key, value);
  else
    known->second = value;
}

void JobServices::warn(std::string text) {
  log.write(LogLevel::warning, "engine", text);
  const std::lock_guard lock(mutex_);
  warnings_.push_back(std::move(text));
}

void JobServices::count(std::string_view metric, std::int64_t delta) {
  const std::lock_guard lock(mutex_);
  metrics_[std::string(metric)] += delta;
}

std::vector<std::pair<std::string, std::string>> JobServices::notes() const {
  const std::lock_guard lock(mutex_);
  return notes_;
}

std::string JobServices::consistent() const {
  const std::lock_guard lock(mutex_);
  return consistent_;
}

std::vector<std::string> JobServices::warnings() const {
  const std::lock_guard lock(mutex_);
  return warnings_;
}

std::map<std::string, std::int64_t> JobServices::metrics() const {
  const std::lock_guard lock(mutex_);
  return metrics_;
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
