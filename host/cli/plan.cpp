// SPDX-License-Identifier: Apache-2.0
#include <boost/json/serialize.hpp>
#include <boost/program_options/value_semantic.hpp>

#include "cli/command.hpp"
#include "cli/job_request.hpp"
#include "cli/plan_text.hpp"
#include "engine/summary.hpp"

namespace sluice::cli {
namespace {

namespace po = boost::program_options;

constexpr const char* plan_notes =
    "Connects as 'sluice check' does and plans as 'sluice run' does: the statements are those that a run of the same\n"
    "data would execute, sizes are estimates. Changes nothing, keeps no run.\n\n"
    "Exit codes: 0 the job can run; 1 it cannot, for a reason outside of the script; 2 it has problems;\n"
    "75 it could not be told now (a store that cannot be reached): try later.";

int refuse(const ReadJob& read, int code, bool json, Console& console) {
  if (json) return console.print(problems_json(read, code)) ? code : engine::exit_code::failed;
  tell_problems(read.problems, read.file, console);
  return code;
}

int fail(const plugin::Failure& failure, Console& console) {
  console.tell(paint(console.error(), Style::bad, "sluice plan: ") + failure.text());
  return failure.retryable() ? engine::exit_code::failed_for_now : engine::exit_code::failed;
}

int plan_job(ReadJob& read, bool json, bool create_table, engine::Log& log, Console& console) {
  engine::OpenOutcome open;
  engine::OpenRules rules{.check_only = true, .create_table = create_table};
  if (!read.problems.has_errors()) {
    rules.isolate = read.resolved->job->setting.isolate;
    open = engine::open(*read.resolved, rules, log, read.problems);
  }
  if (!open.job || read.problems.has_errors())
    return refuse(read, engine::exit_code_of(open, read.problems), json, console);
  const auto plan = engine::explain(*open.job);
  if (!plan) return fail(plan.error(), console);
  std::string text;
  if (json) {
    boost::json::object object = plan_json(*open.job, *plan);
    object["file"] = read.file;
    object["problems"] = read.problems.to_json(read.file);
    text = boost::json::serialize(object) + '\n';
  } else {
    tell_problems(read.problems, read.file, console);
    text = plan_text(*open.job, *plan, console.output());
  }
  return console.print(text) ? engine::exit_code::done : engine::exit_code::failed;
}

}  // namespace

int plan_command(Given given, Console& console) {
  bool json = false, create_table = false;
  JobRequest request;
  Arguments arguments({.command = "plan",
                       .synopsis = "JOB",
                       .description = "Shows what a run of the job would do: splits with their statements, columns and "
                                      "how they fit, what\nis executed before and after, lanes, memory, and what is "
                                      "promised. JOB is a file, or - for the\nstandard input.",
                       .notes = plan_notes,
                       .example = "sluice plan job.json --json",
                       .least = 1,
                       .most = 1});
  arguments.add()("json", po::bool_switch(&json), "the plan as JSON on the output")(
      "create-table", po::bool_switch(&create_table), "as a run with this option: a target that is missing is created");
  request.add_to(arguments);
  if (auto code = arguments.parse(given, console)) return *code;
  if (std::string what = request.problem(); !what.empty()) return wrong_use(console, what, "plan");
  auto log = make_log(request.log_settings(), console);
  if (!log) return wrong_use(console, log.error().text, "plan");

  plugin::Catalogue catalogue = request.directories().catalogue();
  ReadJob read = request.read(arguments.positional().front(), catalogue, **log);
  return plan_job(read, json, create_table, **log, console);
}

}  // namespace sluice::cli
