// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string_view>
#include <utility>

#include "engine/open_job.hpp"
#include "job/column_count.hpp"
#include "job/path.hpp"
#include "job/suggest.hpp"
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

bool is_at_or_below(std::string_view path, std::string_view parent) {
  if (!path.starts_with(parent)) return false;
  return path.size() == parent.size() || parent.empty() || path[parent.size()] == '.' || path[parent.size()] == '[';
}

std::string_view parent_of(std::string_view path) {
  const std::size_t end = path.find_last_of(".[");
  return path.substr(0, end == std::string_view::npos ? 0 : end);
}

// About one parameter, or about the same object inside of the parameters.
bool are_related(std::string_view a, std::string_view b, std::string_view parameters) {
  if (is_at_or_below(a, b) || is_at_or_below(b, a)) return true;
  return parent_of(a) == parent_of(b) && parent_of(a) != parameters;
}

bool has_error_below(const job::Problems& problems, const std::string& path) {
  const std::vector<job::Problem> known = problems.sorted();
  return std::ranges::any_of(known, [&](const job::Problem& problem) {
    return problem.severity == job::Severity::error && is_at_or_below(problem.path, path);
  });
}

// A misspelt parameter counts as the one that is meant.
std::string meant_path(const std::string& path, std::string_view parameters, const job::OptionTable& options) {
  if (path.size() <= parameters.size()) return path;
  const std::string_view rest = std::string_view(path).substr(parameters.size() + 1);
  const std::string_view key = rest.substr(0, rest.find_first_of(".["));
  const auto meant = options.find(key) == nullptr ? job::suggest(key, options.keys()) : std::nullopt;
  return meant ? job::join_path(std::string(parameters), options.find(*meant)->name) : path;
}

// The way out is to give the parameter that stands at `path` another value.
bool is_cured_by(const job::Problem& problem, std::string_view path, std::string_view parameters) {
  if (path.size() <= parameters.size()) return false;
  return problem.advice.starts_with("set " + std::string(path.substr(parameters.size() + 1)) + " ");
}

// A rule that speaks about a parameter whose value was wrong already would only confuse: it saw none.
void add_unless_known(const job::Problems& found, std::string_view parameters, const job::OptionTable& options,
                      job::Problems& problems) {
  const std::vector<job::Problem> known = problems.sorted();
  for (const job::Problem& problem : found.sorted()) {
    const bool follows = std::any_of(known.begin(), known.end(), [&](const job::Problem& other) {
      if (other.severity != job::Severity::error || !is_at_or_below(other.path, parameters)) return false;
      const std::string meant = meant_path(other.path, parameters, options);
      return are_related(meant, problem.path, parameters) || is_cured_by(problem, meant, parameters);
    });
    if (!follows) problems.add(problem);
  }
}

// The plugin's own offline rules.
void check_rules(const job::Job& job, const ResolvedStep& resolved, Log& log, job::Problems& problems) {
  JobServices services(job.setting, log);
  StepServices step(services, job, *resolved.step, &resolved.places);
  job::Problems found;
  step.collect_problems(&found);
  const plugin::Context context(step,
                                {.step = resolved.step->name,
                                 .flags = SLUICE_OFFLINE | SLUICE_CHECK_ONLY,
                                 .lanes = job.setting.concurrent,
                                 .delivery = job.setting.delivery},
                                resolved.parameters);
  const auto checked = plugin::check_parameters(*resolved.plugin, context.raw());
  if (!checked)
    job::report_value(job.document, found, job::Severity::error, resolved.step->parameter_path(),
                      checked.error().text());
  add_unless_known(found, resolved.step->parameter_path(), resolved.plugin->options, problems);
}

// The names that the plugin answers to.
std::vector<std::string> names_of(const plugin::Plugin& plugin) {
  std::vector<std::string> names{plugin.name};
  names.insert(names.end(), plugin.aliases.begin(), plugin.aliases.end());
  return names;
}

// Checks the parameters, fills in data sources and secrets.
void fill(ResolvedStep& resolved, const job::Job& job, const ResolveRules& rules, job::Secrets& secrets,
          job::Problems& problems) {
  const job::Step& step = *resolved.step;
  const job::OptionTable& options = resolved.plugin->options;
  const job::Origin origin{job.document, step.parameter_path(), job.file};
  const job::ConnectionRules connections{rules.lint, rules.data_sources, &secrets};
  std::size_t errors = problems.errors();
  const job::DataSourceUse use(step, options, names_of(*resolved.plugin), origin, connections, problems);
  resolved.is_complete = problems.errors() == errors;
  const auto table = use.table();
  auto values = job::Lint(job.document, problems, rules.lint).object(use.parameter(), table, origin.path);
  auto shown = values;
  errors = problems.errors();
  values = secrets.resolved(values, table, origin, problems);
  if (problems.errors() != errors) resolved.is_complete = false;
  use.fill(values, true);
  use.fill(shown, false);
  resolved.parameters = std::make_shared<plugin::Parameters>(std::move(values));
  resolved.shown = job::redacted(shown, options);
  resolved.places = use.places();
}

ResolvedStep resolve_step(const job::Job& job, const job::Step& step, plugin::Kind kind, plugin::Catalogue& catalogue,
                          const ResolveRules& rules, job::Secrets& secrets, job::Problems& problems) {
  ResolvedStep resolved;
  resolved.step = &step;
  if (step.step_type.empty()) return resolved;  // reported when the script was read
  const auto found = catalogue.find(kind, step.step_type);
  if (!found) {
    report_missing(job, step, found.error(), problems);
    return resolved;
  }
  resolved.plugin = *found;
  fill(resolved, job, rules, secrets, problems);
  return resolved;
}

std::vector<std::string> step_types(const job::Job& job) {
  std::vector<std::string> types{job.reader.step_type, job.writer.step_type};
  for (const auto& step : job.processors) types.push_back(step.step_type);
  std::erase(types, "");
  return types;
}

}  // namespace

ResolvedJob resolve(const job::Job& job, plugin::Catalogue& catalogue, const ResolveRules& rules, Log& log,
                    job::Problems& problems) {
  job::Secrets secrets(rules.secrets);
  ResolvedJob resolved;
  resolved.job = &job;
  std::vector<ResolvedStep*> steps;
  catalogue.look_ahead(step_types(job));
  resolved.processors.reserve(job.processors.size());
  resolved.reader = resolve_step(job, job.reader, plugin::Kind::reader, catalogue, rules, secrets, problems);
  for (const auto& step : job.processors)
    resolved.processors.push_back(
        resolve_step(job, step, plugin::Kind::processor, catalogue, rules, secrets, problems));
  resolved.writer = resolve_step(job, job.writer, plugin::Kind::writer, catalogue, rules, secrets, problems);

  if (resolved.reader.plugin != nullptr && resolved.writer.plugin != nullptr)
    job::compare_column_counts(job, resolved.reader.parameters->object(), resolved.reader.plugin->options,
                               resolved.writer.parameters->object(), resolved.writer.plugin->options, problems);
  steps = {&resolved.reader};
  for (auto& processor : resolved.processors) steps.push_back(&processor);
  steps.push_back(&resolved.writer);
  for (const auto* step : steps)
    if (step->plugin != nullptr && step->is_complete) check_rules(job, *step, log, problems);
  for (auto* step : steps) step->is_sound = step->is_complete && !has_error_below(problems, step->step->path());
  return resolved;
}

}  // namespace sluice::engine
