// SPDX-License-Identifier: Apache-2.0
#include "cli/run_report.hpp"

#include <boost/json/serialize.hpp>

#include "cli/quantity_text.hpp"
#include "cli/summary_text.hpp"
#include "cli/whole_file.hpp"
#include "engine/durable_file.hpp"

namespace sluice::cli {
namespace {

std::string line_of(const job::Problem& problem) {
  std::string line = problem.path.empty() ? problem.text : problem.path + ": " + problem.text;
  return problem.advice.empty() ? line : line + " (" + problem.advice + ")";
}

std::vector<std::string> lines_of(const job::Problems& problems, job::Severity severity) {
  std::vector<std::string> lines;
  for (const job::Problem& problem : problems.sorted()) {
    if (problem.severity == severity) lines.push_back(line_of(problem));
  }
  return lines;
}

// Of a run whose process died between its last step and its summary.
boost::json::object summary_of_journal(const engine::StoredRun& run) {
  engine::Summary summary;
  summary.run = run.identity.run;
  summary.job = run.identity.job;
  summary.status = engine::RunStatus::succeeded;
  summary.exit_code = engine::exit_code::done;
  summary.started = summary.finished = run.identity.started;
  summary.elapsed_seconds = run.elapsed_seconds();
  summary.finished += std::chrono::milliseconds(static_cast<std::int64_t>(summary.elapsed_seconds * 1000));
  if (run.plan) summary.lanes = summary.lanes_asked = run.plan->lanes;
  summary.splits = summary.splits_done = run.history.splits_done();
  summary.counters = run.counters();
  if (summary.counters.dirty > 0) summary.dirty_file = (run.directory / "dirty.jsonl").string();
  return to_json(summary);
}

std::string text_of(const boost::json::object& object) { return boost::json::serialize(object) + '\n'; }

}  // namespace

boost::json::object refusal_json(const std::string& job, const job::Problems& problems, int code) {
  engine::Summary summary;
  summary.job = job;
  summary.started = summary.finished = std::chrono::system_clock::now();
  summary.exit_code = code;
  summary.lanes = summary.lanes_asked = 0;
  summary.warnings = lines_of(problems, job::Severity::warning);
  std::vector<std::string> errors = lines_of(problems, job::Severity::error);
  if (!errors.empty()) summary.error = engine::RunError{errors.front(), {}};
  boost::json::object object = to_json(summary);
  bool later = code == engine::exit_code::failed_for_now;
  object["status"] = later ? to_string(engine::RunStatus::failed_for_now) : "problems";
  object["run"] = nullptr;
  object["problems"] = problems.to_json(job);
  return object;
}

std::optional<Trouble> RunReport::trouble() const {
  if (file_.empty() || to_output()) return {};
  auto possible = can_write(file_);
  return possible ? std::nullopt : std::optional<Trouble>(possible.error().text + " (asked for by --summary)");
}

void RunReport::warn_of_loss(const std::string& why) {
  console_.tell(paint(console_.error(), Style::warning, "warning: ") + "the summary is lost: " + why);
}

// In the run's directory.
void RunReport::keep(const std::filesystem::path& directory, const std::string& text) {
  if (auto kept = engine::replace_durably(directory / "summary.json", text); !kept) warn_of_loss(kept.error().text());
}

// False when the output did not take it.
bool RunReport::publish(const std::string& json) {
  if (!to_output()) {
    if (file_.empty()) return true;
    if (auto written = write_whole(file_, json); !written) warn_of_loss(written.error().text);
    return true;
  }
  if (console_.print(json)) return true;
  console_.tell("warning: the summary could not be printed on the output");
  return false;
}

// The output belongs to the JSON when that is asked for.
void RunReport::show(const std::string& text) {
  if (to_output()) {
    console_.tell(text);
  } else if (!console_.print(text)) {
    console_.tell("warning: the summary could not be printed on the output");
  }
}

int RunReport::refused(const std::string& job, const job::Problems& problems, int code) {
  console_.tell(job + ": " + count_text(problems.errors(), "error") + ", nothing was read or written");
  publish(text_of(refusal_json(job, problems, code)));
  return code;
}

int RunReport::finished(engine::Summary summary, const job::Problems& problems, const std::filesystem::path& directory,
                        const std::function<Sequel()>& sequel) {
  show(summary_text(summary, to_output() ? console_.error() : console_.output()));
  std::vector<std::string> warnings = lines_of(problems, job::Severity::warning);
  summary.warnings.insert(summary.warnings.begin(), warnings.begin(), warnings.end());
  boost::json::object json = to_json(summary);
  keep(directory, text_of(json));
  return conclude(std::move(json), summary.exit_code, directory, sequel);
}

int RunReport::done_already(const engine::StoredRun& run, const std::function<Sequel()>& sequel) {
  show("already done: run " + run.identity.run + ", nothing was read or written\n");
  boost::json::object json = run.summary ? *run.summary : summary_of_journal(run);
  json["exit_code"] = engine::exit_code::done;  // whatever a verification said then: this is another command
  return conclude(std::move(json), engine::exit_code::done, run.directory, sequel);
}

int RunReport::conclude(boost::json::object summary, int code, const std::filesystem::path& directory,
                        const std::function<Sequel()>& sequel) {
  if (sequel && code == engine::exit_code::done) {
    Sequel after = sequel();
    show(after.text);
    summary["exit_code"] = code = after.code;
    summary["verification"] = std::move(after.json);
    keep(directory, text_of(summary));
  }
  const bool published = publish(text_of(summary));
  return published || code != engine::exit_code::done ? code : engine::exit_code::failed;
}

}  // namespace sluice::cli
