// SPDX-License-Identifier: Apache-2.0
#include "engine/run.hpp"

#include <boost/program_options/value_semantic.hpp>
#include <cstdlib>

#include "cli/command.hpp"
#include "cli/job_request.hpp"
#include "cli/progress_display.hpp"
#include "cli/run_directory.hpp"
#include "cli/run_report.hpp"

namespace sluice::cli {
namespace {

namespace po = boost::program_options;
namespace exit_code = engine::exit_code;

constexpr const char* notes =
    "Everything is checked before anything is touched. The run's directory, STATE/runs/RUN, is made for its owner\n"
    "alone; it keeps the dirty records with their values (dirty.jsonl) and the summary (summary.json). STATE is\n"
    "what --state-dir says, else $XDG_STATE_HOME/sluice, else ~/.local/state/sluice.\n\n"
    "The summary goes to the output, progress, problems and the log to the error stream. --summary writes it as JSON,\n"
    "whole or not at all; its 'status' is succeeded, failed, failed-for-now, limit-exceeded or stopped, and\n"
    "'problems' for a job that did not start because of its 'problems'. Neither shows values of records.\n\n"
    "Exit codes: 0 done; 1 failed for good; 2 wrong use or a job with problems; 3 more dirty records than\n"
    "setting.errorLimit allows; 75 failed for now: a later try may help; 130 or 143 stopped by a signal.";

struct RunOptions {
  JobRequest request;
  std::string state_directory, summary_file, validation;

  void add_to(Arguments& arguments) {
    arguments.add()("state-dir", po::value(&state_directory)->value_name("DIR"), "where runs keep their state")(
        "summary", po::value(&summary_file)->value_name("FILE"), "write the summary to FILE as JSON; - is the output")(
        "validate", po::value(&validation)->value_name("DEPTH")->default_value("quick"),
        "how far the batches of plugins are checked: quick or full");
    request.add_to(arguments);
  }

  std::string problem() const {
    bool known = validation == "quick" || validation == "full";
    return known ? request.problem() : "--validate is quick or full, not '" + validation + "'";
  }

  engine::OpenRules rules(const std::string& run) const {
    engine::OpenRules rules;
    rules.run_id = run;
    rules.validation = validation == "full" ? record::Validation::full : record::Validation::quick;
    return rules;
  }
};

int give_up(Console& console, const Trouble& trouble, int code) {
  console.tell(paint(console.error(), Style::bad, "sluice run: ") + trouble.text);
  return code;
}

// All places are known, all options right.
struct Places {
  std::filesystem::path state;
  RunReport& report;
};

int run_open(engine::OpenJob& job, const ReadJob& read, const Places& places, Console& console) {
  auto directory = make_run_directory(places.state, job.rules.run_id);
  if (!directory) return give_up(console, directory.error(), exit_code::failed);
  ProgressDisplay display(console);
  engine::Summary summary = engine::run(job, {.directory = *directory}, display.hooks());
  display.clear();
  bool abandoned = summary.abandoned;
  int code = places.report.finished(std::move(summary), read.problems, *directory);
  if (abandoned) std::_Exit(code);  // a thread is still inside of a plugin, nothing of the job may be destroyed
  return code;
}

int run_job(const std::string& file, const RunOptions& options, const Places& places, engine::Log& log,
            Console& console) {
  plugin::Catalogue catalogue = options.request.directories().catalogue();
  ReadJob read = options.request.read(file, catalogue, log);
  int code = exit_code::wrong_use;
  engine::OpenOutcome open;
  if (!read.problems.has_errors()) {
    open = engine::open(*read.resolved, options.rules(engine::make_run_id()), log, read.problems);
    if (!open.job || read.problems.has_errors()) code = engine::exit_code_of(open, read.problems);
  }
  tell_problems(read.problems, read.file, console);
  if (!open.job || read.problems.has_errors()) return places.report.refused(read.file, read.problems, code);
  return run_open(*open.job, read, places, console);
}

}  // namespace

int run_command(Given given, Console& console) {
  RunOptions options;
  Arguments arguments({.command = "run",
                       .synopsis = "JOB",
                       .description = "Runs a job: moves its records from the reader to the writer. JOB is a file, or "
                                      "- for the standard input.",
                       .notes = notes,
                       .example = "sluice run job.json --set setting.speed.concurrent=8 --summary summary.json",
                       .least = 1,
                       .most = 1});
  options.add_to(arguments);
  if (auto code = arguments.parse(given, console)) return *code;
  if (std::string what = options.problem(); !what.empty()) return wrong_use(console, what, "run");

  RunReport report(options.summary_file, console);
  if (auto trouble = report.trouble()) return give_up(console, *trouble, exit_code::wrong_use);
  auto state = state_directory(options.state_directory);
  if (!state) return give_up(console, state.error(), exit_code::wrong_use);
  auto log = make_log(options.request.log_settings(), console);
  if (!log) return give_up(console, log.error(), exit_code::wrong_use);
  return run_job(arguments.positional().front(), options, {*state, report}, **log, console);
}

}  // namespace sluice::cli
