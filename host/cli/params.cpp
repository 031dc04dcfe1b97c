// SPDX-License-Identifier: Apache-2.0
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/program_options/value_semantic.hpp>

#include "cli/command.hpp"
#include "cli/job_request.hpp"
#include "cli/table_text.hpp"
#include "engine/summary.hpp"

namespace sluice::cli {
namespace {

namespace po = boost::program_options;

constexpr const char* params_notes =
    "${NAME} inside a string of the script is replaced by the value, everywhere but in secrets. A name is declared\n"
    "by -p, by a line of --params-file or by the script's own \"parameters\", in this order. These are always there:\n"
    "bizdate, cyctime, gmtdate, bizmonth, jobid, nodeid, taskid.\n\n"
    "  ${yyyymmdd-1}              the business date, shifted by the smallest unit in the format\n"
    "  $[yyyymmddhh24miss-3/24]   the planned time, shifted by days, hours (N/24) or minutes (N/24/60)\n"
    "  $[add_months(yyyymm,-1)]   the planned time, shifted by months\n"
    "  'text'                     a text; it may be glued on, too: ${yyyymm}01\n\n"
    "Exit codes: 0; 2 wrong use, or the job has problems.";

std::vector<job::SchedulingParameter> all_of(const job::SchedulingValues& values) {
  std::vector<job::SchedulingParameter> parameters = values.declared();
  const auto& built_ins = values.used_built_ins();
  parameters.insert(parameters.end(), built_ins.begin(), built_ins.end());
  return parameters;
}

std::string as_json(const std::vector<job::SchedulingParameter>& parameters) {
  boost::json::array array;
  for (const job::SchedulingParameter& parameter : parameters)
    array.push_back(boost::json::object{
        {"name", parameter.name}, {"expression", parameter.expression}, {"value", parameter.value}});
  return boost::json::serialize(boost::json::object{{"parameters", array}}) + '\n';
}

std::string as_text(const std::vector<job::SchedulingParameter>& parameters) {
  if (parameters.empty()) return "The job has no scheduling parameters.\n";
  std::vector<Row> rows{{"Name", "Expression", "Value"}};
  for (const job::SchedulingParameter& parameter : parameters)
    rows.push_back({parameter.name, parameter.expression, parameter.value});
  return table_text(rows);
}

}  // namespace

int params_command(Given given, Console& console) {
  bool json = false;
  JobRequest request;
  Arguments arguments({.command = "params",
                       .synopsis = "JOB",
                       .description =
                           "Shows the scheduling parameters of a job: those that are declared and the built-in "
                           "ones that it uses,\nwith their expressions and values. Connects to nothing.",
                       .notes = params_notes,
                       .example = "sluice params job.json -p dt='$[yyyymmdd-1]' --cyctime 2025-11-01T02:30:45",
                       .least = 1,
                       .most = 1});
  arguments.add()("json", po::bool_switch(&json), "as JSON");
  request.add_to(arguments);
  if (auto code = arguments.parse(given, console)) return *code;
  if (std::string what = request.problem(); !what.empty()) return wrong_use(console, what, "params");
  auto log = make_log(request.log_settings(), console);
  if (!log) return wrong_use(console, log.error().text, "params");

  plugin::Catalogue catalogue = request.directories().catalogue();
  const ReadJob read = request.read(arguments.positional().front(), catalogue, **log, {.offline = true});
  tell_problems(read.problems, read.file, console);
  if (!read.job) return engine::exit_code::wrong_use;
  const auto parameters = all_of(*read.scheduling);
  if (!console.print(json ? as_json(parameters) : as_text(parameters))) return engine::exit_code::failed;
  return read.problems.has_errors() ? engine::exit_code::wrong_use : engine::exit_code::done;
}

}  // namespace sluice::cli
