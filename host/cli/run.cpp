// SPDX-License-Identifier: Apache-2.0
#include "engine/run.hpp"

#include <sluice/forget.h>

#include <cstdlib>
#include <functional>
#include <utility>

#include "cli/command.hpp"
#include "cli/progress_display.hpp"
#include "cli/run_directory.hpp"
#include "cli/run_options.hpp"
#include "cli/run_report.hpp"
#include "cli/verdict_text.hpp"
#include "cli/verify_run.hpp"
#include "engine/clean_up.hpp"
#include "engine/replay.hpp"

namespace sluice::cli {
namespace {

namespace exit_code = engine::exit_code;

constexpr const char* run_notes =
    "Everything is checked before anything is touched. The run's directory, STATE/runs/RUN, is made for its owner\n"
    "alone; it keeps the dirty records with their values (dirty.jsonl) and the summary (summary.json). STATE is\n"
    "what --state-dir says, else $XDG_STATE_HOME/sluice, else ~/.local/state/sluice.\n\n"
    "The summary goes to the output, progress, problems and the log to the error stream. --summary writes it as JSON,\n"
    "whole or not at all; its 'status' is succeeded, failed, failed-for-now, limit-exceeded or stopped, and\n"
    "'problems' for a job that did not start because of its 'problems'. Neither shows values of dirty records.\n\n"
    "A run can be taken up again after a failure or a crash: with --run-id ID a job is started, resumed or found to "
    "be\n"
    "done already, so that a scheduler may simply repeat the command; --resume last is for people. What is committed\n"
    "is not read again. It goes on with the scheduling parameters of its first start. It is refused, with the reason,\n"
    "when the job, a plugin's major version or the source changed.\n\n"
    "--verify compares afterwards what was written with the source, as 'sluice verify' does; 'verification' in the\n"
    "summary is its verdict, and a difference makes the exit code 1. A run that is done already is compared again.\n\n"
    "Exit codes: 0 done; 1 failed for good; 2 wrong use or a job with problems; 3 more dirty records than\n"
    "setting.errorLimit allows; 75 failed for now: a later try may help; 130 or 143 stopped by a signal.";

int give_up(Console& console, const Trouble& trouble, int code) {
  console.tell(paint(console.error(), Style::bad, "sluice run: ") + trouble.text);
  return code;
}

// All places are known, all options right.
struct Places {
  std::filesystem::path state;
  RunReport& report;
};

int give_up(Console& console, const Refused& refused) { return give_up(console, refused.trouble, refused.code); }

engine::Summary run_open(engine::OpenJob& job, engine::RunState& state, const engine::RunRules& rules,
                         const job::Problems& problems, RunReport& report, Console& console) {
  ProgressDisplay display(console);
  engine::Summary summary = engine::run(job, state, rules, display.hooks());
  display.clear();
  if (summary.abandoned)  // a thread is still inside of a plugin, nothing of the job may be destroyed
    std::_Exit(report.finished(std::move(summary), problems, state.directory()));
  return summary;
}

// All that the command line asks for.
struct Request {
  const RunOptions& options;
  const Places& places;
  plugin::Catalogue& catalogue;
  engine::Log& log;
  Console& console;
};

// `refused_by`: the run's directory, or the one of its last replay.
RunReport::Sequel verify(ReadJob& read, const std::filesystem::path& refused_by, const Request& request) {
  engine::VerifyWish wish;
  wish.refused_by = refused_by;
  const auto verified = verify_job(read, wish, request.catalogue, request.places.state,
                                   request.options.splits.validation_depth(), request.log, request.console);
  tell_problems(read.problems, read.file, request.console);
  if (verified.verdict)
    return {"\n" + verdict_text(*verified.verdict, request.console.output()), verdict_json(*verified.verdict),
            verified.code};
  return {"\nwhat was written could not be compared with the source\n",
          {{"verdict", "none"}, {"problems", read.problems.to_json(read.file)}},
          verified.code};
}

// The process that completed the run died before it had cleaned up.
void clean_up_late(ReadJob& read, const engine::StoredRun& run, const RunOptions& options, engine::Log& log) {
  const auto& extension = read.resolved->writer.plugin->get_extension;
  if (run.history.cleaned || extension == nullptr || extension(SLUICE_EXT_FORGET) == nullptr) return;
  job::Problems problems;
  auto open = engine::open(*read.resolved, options.rules(run.identity.run, *read.resolved->job), log, problems);
  engine::Journal journal(run.directory);
  if (open.job && !problems.has_errors()) engine::clean_up(*open.job, run.identity.run, journal);
}

// What was written is compared again: the process before may have found a difference, or died before it could.
int answer_done(ReadJob& read, const engine::StoredRun& run, const Request& request) {
  clean_up_late(read, run, request.options, request.log);
  std::function<RunReport::Sequel()> sequel;
  if (request.options.verify) sequel = [&] { return verify(read, engine::still_refused(run), request); };
  return request.places.report.done_already(run, sequel);
}

// The job's parameters are right: find out which run it is, open everything, run.
int run_resolved(ReadJob& read, const RunStart& start, const Request& request) {
  const auto& [options, places, catalogue, log, console] = request;
  auto choice = RunChoice::make(options.wish, places.state, *read.resolved, start, *read.scheduling);
  if (!choice) return give_up(console, choice.error());
  if (choice->done()) return answer_done(read, *choice->done(), request);
  auto open = engine::open(*read.resolved, options.rules(choice->run(), *read.resolved->job), log, read.problems);
  tell_problems(read.problems, read.file, console);
  if (!open.job || read.problems.has_errors())
    return places.report.refused(read.file, read.problems, engine::exit_code_of(open, read.problems));
  if (auto objection = choice->objection(*open.job)) return give_up(console, *objection);
  auto state = choice->begin(*read.resolved, *open.job);
  if (!state) return give_up(console, state.error());
  const auto rules = options.splits.rules(*read.resolved, **state);
  engine::Summary summary = run_open(*open.job, **state, rules, read.problems, places.report, console);
  open.job.reset();
  const job::Problems known = std::exchange(read.problems, {});
  std::function<RunReport::Sequel()> sequel;
  if (options.verify) sequel = [&] { return verify(read, (*state)->directory(), request); };
  const int code = places.report.finished(std::move(summary), known, (*state)->directory(), sequel);
  engine::prune_runs(places.state, options.keep);
  return code;
}

int run_job(const std::string& file, const RunOptions& options, const Places& places, engine::Log& log,
            Console& console) {
  plugin::Catalogue catalogue = options.request.directories().catalogue();
  const RunStart start = find_start(options.wish, places.state, file);
  ReadJob read =
      options.request.read(file, catalogue, log, {.run = start.run, .first = start.values ? &*start.values : nullptr});
  if (!read.problems.has_errors()) return run_resolved(read, start, {options, places, catalogue, log, console});
  tell_problems(read.problems, read.file, console);
  return places.report.refused(read.file, read.problems, exit_code::wrong_use);
}

}  // namespace

int run_command(Given given, Console& console) {
  RunOptions options;
  Arguments arguments({.command = "run",
                       .synopsis = "JOB",
                       .description = "Runs a job: moves its records from the reader to the writer. JOB is a file, or "
                                      "- for the standard input.",
                       .notes = run_notes,
                       .example = "sluice run job.json --set setting.speed.concurrent=8 --summary summary.json",
                       .least = 1,
                       .most = 1});
  options.add_to(arguments);
  if (auto code = arguments.parse(given, console)) return *code;
  std::string what = options.request.problem();
  if (what.empty()) what = options.name_run();
  if (what.empty()) what = options.problem();
  if (!what.empty()) return wrong_use(console, what, "run");

  RunReport report(options.summary_file, console);
  if (auto trouble = report.trouble()) return give_up(console, *trouble, exit_code::wrong_use);
  auto state = state_directory(options.state_directory);
  if (!state) return give_up(console, state.error(), exit_code::wrong_use);
  auto log = make_log(options.request.log_settings(), console);
  if (!log) return give_up(console, log.error(), exit_code::wrong_use);
  return run_job(arguments.positional().front(), options, {*state, report}, **log, console);
}

}  // namespace sluice::cli
