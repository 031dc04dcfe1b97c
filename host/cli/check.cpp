// SPDX-License-Identifier: Apache-2.0
#include <boost/program_options/value_semantic.hpp>

#include "cli/command.hpp"
#include "cli/job_request.hpp"
#include "engine/summary.hpp"

namespace sluice::cli {
namespace {

namespace po = boost::program_options;

constexpr const char* check_notes =
    "Problems go to the error stream, one a line, as FILE:LINE:COLUMN: error: PATH: what is wrong (the way out).\n"
    "A job in which all is well is answered with silence, and on a terminal with 'ok'.\n\n"
    "Exit codes: 0 the job can run; 1 it cannot, for a reason outside of the script; 2 it has problems;\n"
    "75 it could not be told now (a store that cannot be reached): try later.";

struct CheckOptions {
  bool offline = false, json = false, create_table = false;
};

// What a run would create in the destination beside the records; empty for nothing.
struct Statements {
  std::string create_table, marks;
};

// Connects, too, wherever nothing is wrong so far.
int finish_check(ReadJob& read, const CheckOptions& options, engine::Log& log, Statements& statements) {
  const bool is_wrong = read.problems.has_errors();
  if (options.offline || !read.resolved) return is_wrong ? engine::exit_code::wrong_use : engine::exit_code::done;
  const engine::OpenRules rules{.check_only = true, .create_table = options.create_table};
  engine::OpenOutcome outcome = engine::open(*read.resolved, rules, log, read.problems);
  if (is_wrong) return engine::exit_code::wrong_use;
  if (outcome.job) {
    statements.create_table = outcome.job->create_table();
    if (read.job->setting.delivery == SLUICE_EXACTLY_ONCE) statements.marks = outcome.job->target.offer.ddl;
  }
  if (outcome.job && !read.problems.has_errors()) return engine::exit_code::done;
  return engine::exit_code_of(outcome, read.problems);
}

}  // namespace

int check_command(Given given, Console& console) {
  CheckOptions options;
  JobRequest request;
  Arguments arguments({.command = "check",
                       .synopsis = "JOB",
                       .description = "Reports every problem of a job at once: the script, its plugins, their "
                                      "parameters, and, over their\nconnections, tables, columns and types. "
                                      "Changes nothing. JOB is a file, or - for the standard input.",
                       .notes = check_notes,
                       .example = "sluice check job.json --offline",
                       .least = 1,
                       .most = 1});
  arguments.add()("offline", po::bool_switch(&options.offline), "make no connection and open no file of the job")(
      "json", po::bool_switch(&options.json), "the problems as JSON on the output")(
      "create-table", po::bool_switch(&options.create_table),
      "show the statement by which 'run --create-table' would create a target that is missing");
  request.add_to(arguments);
  if (auto code = arguments.parse(given, console)) return *code;
  if (std::string what = request.problem(); !what.empty()) return wrong_use(console, what, "check");
  auto log = make_log(request.log_settings(), console);
  if (!log) return wrong_use(console, log.error().text, "check");

  plugin::Catalogue catalogue = request.directories().catalogue();
  ReadJob read = request.read(arguments.positional().front(), catalogue, **log, {.offline = options.offline});
  Statements statements;
  int code = finish_check(read, options, **log, statements);
  if (options.json) return console.print(problems_json(read, code)) ? code : engine::exit_code::failed;
  tell_problems(read.problems, read.file, console);
  for (const std::string& sql : {statements.create_table, statements.marks})
    if (!sql.empty()) console.print(sql + ";\n");
  if (code == engine::exit_code::done && console.output().terminal) {
    console.print(read.file + ": " + paint(console.output(), Style::good, "ok") + '\n');
  }
  return code;
}

}  // namespace sluice::cli
