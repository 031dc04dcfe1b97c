// SPDX-License-Identifier: Apache-2.0
#include "cli/job_request.hpp"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <filesystem>

#include "engine/summary.hpp"
#include "engine/run.hpp"
#include "job/script_file.hpp"
#include "job/suggest.hpp"

namespace sluice::cli {
namespace {

namespace po = boost::program_options;
using engine::LogLevel;

constexpr std::array levels{LogLevel::trace, LogLevel::debug, LogLevel::info, LogLevel::warning, LogLevel::error};

std::optional<LogLevel> level_of(const std::string& name) {
  auto found = std::find_if(levels.begin(), levels.end(), [&](LogLevel level) { return to_string(level) == name; });
  return found == levels.end() ? std::nullopt : std::optional(*found);
}

// Else nobody has looked at all parameters, and what seems unused may be used.
bool all_plugins_found(const engine::ResolvedJob& job) {
  const auto found = [](const engine::ResolvedStep& step) { return step.plugin != nullptr; };
  return found(job.reader) && found(job.writer) && std::all_of(job.processors.begin(), job.processors.end(), found);
}

}  // namespace

void JobRequest::add_to(Arguments& arguments) {
  arguments.add()("set", po::value(&overrides_)->value_name("PATH=VALUE"),
                  "replace a value of the script, such as setting.speed.concurrent=8 or "
                  "steps[Reader].parameter.where=id>5; may be repeated")("strict", po::bool_switch(&strict_),
                                                                         "every unknown key is an error");
  schedule_.add_to(arguments);
  data_sources_.add_to(arguments);
  directories_.add_to(arguments);
  arguments.add()("log-level", po::value(&log_level_)->value_name("LEVEL")->default_value("warning"),
                  "trace, debug, info, warning or error; record values appear at debug and trace only")(
      "log-file", po::value(&log_file_)->value_name("FILE"), "append the log to FILE, not to the error stream")(
      "log-format", po::value(&log_format_)->value_name("FORMAT")->default_value("text"), "text or json");
}

std::string JobRequest::problem() const {
  if (!level_of(log_level_)) {
    return "--log-level is trace, debug, info, warning or error, not '" + log_level_ + "'";
  }
  bool format_known = log_format_ == "text" || log_format_ == "json";
  if (!format_known) return "--log-format is text or json, not '" + log_format_ + "'";
  if (std::string what = schedule_.problem(); !what.empty()) return what;
  return directories_.problem();
}

LogSettings JobRequest::log_settings() const {
  return {.level = level_of(log_level_).value_or(LogLevel::warning),
          .format = log_format_ == "json" ? LogFormat::json : LogFormat::text,
          .file = log_file_};
}

ReadJob JobRequest::read(const std::string& file, plugin::Catalogue& catalogue, engine::Log& log,
                         const ReadRules& rules) const {
  ReadJob result;
  result.file = file == "-" ? "<stdin>" : file;
  auto text = job::read_script(file);
  if (!text) {
    result.problems.add({.text = text.error()});
    return result;
  }
  const std::string run = rules.run.empty() ? engine::make_run_id() : rules.run;
  result.scheduling = schedule_.values(file, run, {rules.first, rules.business_date}, result.problems);
  job::SchedulingValues* scheduling = &*result.scheduling;
  const job::ParseRules parse_rules{.overrides = overrides_, .strict = strict_, .scheduling = scheduling};
  auto parsed = job::parse(std::move(*text), file, parse_rules, result.problems);
  if (!parsed) return result;
  result.job = std::make_unique<job::Job>(std::move(*parsed));
  job::DataSources sources = data_sources_.sources(file == "-" ? "" : std::filesystem::path(file).parent_path());
  engine::ResolveRules resolve_rules{.lint = {.strict = strict_, .scheduling = scheduling},
                                     .data_sources = &sources,
                                     .secrets = data_sources_.secrets()};
  resolve_rules.secrets.resolve = !rules.offline;
  result.resolved = engine::resolve(*result.job, catalogue, resolve_rules, log, result.problems);
  if (all_plugins_found(*result.resolved)) scheduling->report_leftovers(result.job->document, result.problems);
  return result;
}

void tell_problems(const job::Problems& problems, const std::string& file, Console& console) {
  std::string text;
  for (const job::Problem& problem : problems.sorted()) {
    bool is_error = problem.severity == job::Severity::error;
    std::string line = job::render(problem, file);
    std::string word = is_error ? ": error: " : ": warning: ";
    if (std::size_t at = line.find(word); at != std::string::npos) {
      line.replace(at, word.size(), paint(console.error(), is_error ? Style::bad : Style::warning, word));
    }
    text += line + '\n';
  }
  console.tell(text);
}

std::string problems_json(const ReadJob& read, int exit_code) {
  const boost::json::object object{{"file", read.file},
                                   {"ok", exit_code == engine::exit_code::done},
                                   {"exit_code", exit_code},
                                   {"errors", read.problems.errors()},
                                   {"warnings", read.problems.warnings()},
                                   {"problems", read.problems.to_json(read.file)}};
  return boost::json::serialize(object) + '\n';
}

}  // namespace sluice::cli
