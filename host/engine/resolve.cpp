// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "engine/open_job.hpp"
#include "job/column_count.hpp"
#include "plugin/extensions.hpp"

namespace sluice::engine {
namespace {

void report_missing(const job::Job& job, const job::Step& step, const plugin::Missing& missing,
                    job::Problems& problems) {
  const std::string path = step.path() + ".stepType";
  problems.add({.path = path,
                .position = job.document.value_position(path),
                .text = missing.message,
                .advice = missing.advice,
                .source = job.document.overridden(path) ? "--set" : "",
                .details = missing.details});
}

// The plugin's own offline rules.
void check_rules(const job::Job& job, const ResolvedStep& resolved, Log& log, job::Problems& problems) {
  JobServices services(job.setting, log);
  StepServices step(services, job, *resolved.step);
  step.collect_problems(&problems);
  const plugin::Context context(step,
                                {.step = resolved.step->name,
                                 .flags = SLUICE_OFFLINE | SLUICE_CHECK_ONLY,
                                 .lanes = job.setting.concurrent,
                                 .delivery = job.setting.delivery},
                                resolved.parameters);
  const auto checked = plugin::check_parameters(*resolved.plugin, context.raw());
  if (!checked)
    job::report_value(job.document, problems, job::Severity::error, resolved.step->parameter_path(),
                      checked.error().text());
}

ResolvedStep resolve_step(const job::Job& job, const job::Step& step, plugin::Kind kind, plugin::Catalogue& catalogue,
                          const job::LintRules& rules, job::Problems& problems) {
  ResolvedStep resolved;
  resolved.step = &step;
  if (step.step_type.empty()) return resolved;  // reported when the script was read
  const auto found = catalogue.find(kind, step.step_type);
  if (!found) {
    report_missing(job, step, found.error(), problems);
    return resolved;
  }
  resolved.plugin = *found;
  job::Lint lint(job.document, problems, rules);
  resolved.parameters =
      std::make_shared<plugin::Parameters>(lint.object(step.parameter, (*found)->options, step.parameter_path()));
  return resolved;
}

}  // namespace

ResolvedJob resolve(const job::Job& job, plugin::Catalogue& catalogue, const job::LintRules& rules, Log& log,
                    job::Problems& problems) {
  ResolvedJob resolved;
  resolved.job = &job;
  std::vector<ResolvedStep*> steps;
  resolved.processors.reserve(job.processors.size());
  resolved.reader = resolve_step(job, job.reader, plugin::Kind::reader, catalogue, rules, problems);
  for (const auto& step : job.processors)
    resolved.processors.push_back(resolve_step(job, step, plugin::Kind::processor, catalogue, rules, problems));
  resolved.writer = resolve_step(job, job.writer, plugin::Kind::writer, catalogue, rules, problems);

  if (resolved.reader.plugin != nullptr && resolved.writer.plugin != nullptr)
    job::compare_column_counts(job, resolved.reader.parameters->object(), resolved.reader.plugin->options,
                               resolved.writer.parameters->object(), resolved.writer.plugin->options, problems);
  steps = {&resolved.reader};
  for (auto& processor : resolved.processors) steps.push_back(&processor);
  steps.push_back(&resolved.writer);
  for (const auto* step : steps)
    if (step->plugin != nullptr) check_rules(job, *step, log, problems);
  return resolved;
}

}  // namespace sluice::engine
