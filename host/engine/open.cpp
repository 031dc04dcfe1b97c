// SPDX-License-Identifier: Apache-2.0
#include <sluice/readback.h>

#include <algorithm>
#include <utility>

#include "engine/open_job.hpp"
#include "engine/summary.hpp"
#include "plugin/extensions.hpp"

namespace sluice::engine {
namespace {

// Opens one job step by step; what fails is a problem, and the other side is still looked at.
class Opening {
 public:
  Opening(const ResolvedJob& resolved, OpenRules rules, Log& log, job::Problems& problems)
      : resolved_(resolved),
        script_(*resolved.job),
        problems_(problems),
        script_is_sound_(!problems.has_errors()),
        job_(std::make_unique<OpenJob>()) {
    job_->job = &script_;
    job_->rules = std::move(rules);
    job_->services = std::make_unique<JobServices>(script_.setting, log);
    job_->services->extensions = job_->rules.extensions;
  }

  OpenOutcome run() {
    const bool source = open_reader() && open_processors();
    const bool writes = !job_->rules.reader_only && open_writer();
    if (writes && source && describe_writer() && script_is_sound_) match();
    for (const auto& services : job_->step_services) services->collect_problems(nullptr);
    const bool is_usable = job_->rules.source_only ? source : !failure_ && !problems_.has_errors();
    if (!is_usable) job_.reset();
    return {std::move(job_), std::move(failure_), failed_calls_};
  }

 private:
  const SluiceContext* context(const ResolvedStep& resolved, std::uint32_t flags) {
    const bool is_writer = &resolved == &resolved_.writer;
    if (job_->rules.check_only || (job_->rules.source_only && is_writer)) flags |= SLUICE_CHECK_ONLY;
    if (job_->rules.resumable) flags |= SLUICE_RESUMABLE;
    flags |= job_->rules.flags;
    auto& services = job_->step_services.emplace_back(
        std::make_unique<StepServices>(*job_->services, script_, *resolved.step, &resolved.places));
    services->collect_problems(&problems_);
    const plugin::Identity identity{.step = resolved.step->name,
                                    .run_id = job_->rules.run_id,
                                    .flags = flags,
                                    .lanes = script_.setting.concurrent,
                                    .delivery = script_.setting.delivery};
    return job_->contexts.emplace_back(std::make_unique<plugin::Context>(*services, identity, resolved.parameters))
        ->raw();
  }

  static bool may_open(const ResolvedStep& resolved) { return resolved.plugin != nullptr && resolved.is_sound; }

  // A failed call is a problem of its step, unless the plugin has reported what is wrong already.
  bool failed(const ResolvedStep& resolved, const plugin::Failure& failure, std::size_t errors_before) {
    if (!failure_ || failure_->retryable()) failure_ = failure;
    ++failed_calls_;
    if (problems_.errors() == errors_before)
      job::report_value(script_.document, problems_, job::Severity::error, resolved.step->path(), failure.text());
    return false;
  }

  bool open_reader() {
    if (!may_open(resolved_.reader)) return false;
    job_->reader_parameters = resolved_.reader.parameters;
    const std::size_t before = problems_.errors();
    auto opened = plugin::Reader::open(*resolved_.reader.plugin, context(resolved_.reader, 0));
    if (!opened) return failed(resolved_.reader, opened.error(), before);
    job_->reader.emplace(std::move(*opened));
    auto described = job_->reader->describe();
    if (!described) return failed(resolved_.reader, described.error(), before);
    job_->source = std::move(*described);
    return problems_.errors() == before;
  }

  bool open_processors() {
    for (const auto& resolved : resolved_.processors) {
      if (!may_open(resolved)) return false;
      job_->processor_parameters.push_back(resolved.parameters);
      const std::size_t before = problems_.errors();
      auto opened = plugin::Processor::open(*resolved.plugin, context(resolved, 0));
      if (!opened) return failed(resolved, opened.error(), before);
      auto described = opened->describe(job_->arriving());
      if (!described) return failed(resolved, described.error(), before);
      job_->processors.push_back(std::move(*opened));
      job_->processed.push_back(std::move(*described));
      if (problems_.errors() != before) return false;
    }
    return true;
  }

  bool open_writer() {
    if (!may_open(resolved_.writer)) return false;
    job_->writer_parameters = resolved_.writer.parameters;
    // In a replay nothing creates what is missing.
    const bool replays = (job_->rules.flags & SLUICE_REPLAY) != 0;
    const bool prepares = !replays && (resolved_.writer.parameters->size("preSql") > 0 || job_->rules.create_table);
    const std::size_t before = problems_.errors();
    auto opened =
        plugin::Writer::open(*resolved_.writer.plugin, context(resolved_.writer, prepares ? SLUICE_PRESQL : 0));
    if (!opened) return failed(resolved_.writer, opened.error(), before);
    job_->writer.emplace(std::move(*opened));
    return true;
  }

  bool describe_writer() {
    const std::size_t before = problems_.errors();
    auto described = job_->writer->describe(job_->arriving());
    if (!described) return failed(resolved_.writer, described.error(), before);
    job_->target = std::move(*described);
    return problems_.errors() == before;
  }

  void match() {
    const auto& offer = job_->target.offer;
    if (script_.setting.delivery == SLUICE_EXACTLY_ONCE && !offer.exactly_once)
      job::report_value(script_.document, problems_, job::Severity::error, "setting.delivery",
                        "the writer cannot promise exactly-once here: " + offer.reason,
                        "use \"auto\" or \"at-least-once\"");
    if (job_->rules.create_table && !plan_creation()) return;
    if (offer.target_missing && job_->creation.empty())
      job::report_value(script_.document, problems_, job::Severity::warning, resolved_.writer.step->parameter_path(),
                        "the target is not there yet; preSql has to create it");
    if (offer.target_missing) return;
    auto cast = record::Cast::plan(job_->arriving(), job_->target.wanted, {script_.setting.time_zone});
    if (cast)
      job_->cast.emplace(std::move(*cast));
    else
      report_cast(cast.error());
  }

  // False when a target was to be created and cannot be.
  bool plan_creation() {
    if (!plugin::creates_tables(*resolved_.writer.plugin)) {
      job::report_value(script_.document, problems_, job::Severity::error, resolved_.writer.step->path(),
                        "the writer has no tables to create: " + resolved_.writer.plugin->name,
                        "leave --create-table out");
      return false;
    }
    if (!job_->target.offer.target_missing) return true;
    const std::size_t before = problems_.errors();
    auto statements = job_->writer->create_table(job_->arriving());
    if (!statements) return failed(resolved_.writer, statements.error(), before);
    job_->creation = std::move(*statements);
    check_creation();
    return true;
  }

  // Whether the records fit into the new table is known before it is made.
  void check_creation() {
    std::vector<record::Field> fields = job_->arriving().fields();
    std::size_t columns = 0;
    for (const plugin::Statement& line : job_->creation) {
      if (line.what == "type") ++columns;
      const auto type = line.what == "wants" ? record::parse_type(line.text) : std::nullopt;
      if (type && columns > 0 && columns <= fields.size()) fields[columns - 1].type = *type;
    }
    const auto table = record::Schema::make(std::move(fields));
    if (auto cast = record::Cast::plan(job_->arriving(), table, {script_.setting.time_zone}); !cast)
      report_cast(cast.error());
  }

  void report_cast(const record::Cast::Problems& found) {
    const auto* columns = resolved_.writer.plugin->options.column_list();
    for (const auto& problem : found) {
      std::string path = problem.setting.empty() ? resolved_.writer.step->parameter_path() : problem.setting;
      if (problem.setting.empty() && columns != nullptr) {
        path += "." + columns->name;
        if (problem.column >= 0) path += "[" + std::to_string(problem.column) + "]";
      }
      job::report_value(script_.document, problems_, job::Severity::error, path, problem.text, problem.advice);
    }
  }

  const ResolvedJob& resolved_;
  const job::Job& script_;
  job::Problems& problems_;
  const bool script_is_sound_;
  std::unique_ptr<OpenJob> job_;
  std::optional<plugin::Failure> failure_;
  std::size_t failed_calls_ = 0;
};

}  // namespace

std::string OpenJob::create_table() const {
  const auto found = std::find_if(creation.begin(), creation.end(),
                                  [](const plugin::Statement& line) { return line.what == "create table"; });
  return found == creation.end() ? std::string() : found->text;
}

OpenOutcome open(const ResolvedJob& resolved, OpenRules rules, Log& log, job::Problems& problems) {
  return Opening(resolved, std::move(rules), log, problems).run();
}

plugin::Identity task_identity(const OpenJob& job, std::size_t instance, const plugin::Split& split,
                               std::uint32_t attempt) {
  plugin::Identity identity = job.contexts[instance]->identity();
  identity.split = split.key;
  identity.attempt = attempt;
  return identity;
}

plugin::PlanWish plan_wish(const OpenJob& job) {
  return {.lanes = job.job->setting.concurrent, .same_process = !job.rules.isolate, .consistent = true};
}

int exit_code_of(const OpenOutcome& outcome, const job::Problems& problems) {
  if (!outcome.failure) return problems.has_errors() || !outcome.job ? exit_code::wrong_use : exit_code::done;
  if (outcome.failure->retryable() && problems.errors() <= outcome.failed_calls) return exit_code::failed_for_now;
  switch (outcome.failure->code) {
    case SLUICE_IO:
    case SLUICE_NO_MEMORY:
    case SLUICE_INTERNAL:
    case SLUICE_UNREACHABLE:
    case SLUICE_TIMED_OUT:
      return exit_code::failed;
    default:
      return exit_code::wrong_use;
  }
}

}  // namespace sluice::engine
