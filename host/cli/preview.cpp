// SPDX-License-Identifier: Apache-2.0
#include <boost/json/serialize.hpp>
#include <boost/program_options/value_semantic.hpp>

#include "cli/command.hpp"
#include "cli/job_request.hpp"
#include "cli/preview_text.hpp"
#include "cli/quantity_text.hpp"
#include "engine/summary.hpp"

namespace sluice::cli {
namespace {

namespace po = boost::program_options;

constexpr std::size_t most_previewed = 100'000;  // they are all kept in memory

constexpr const char* preview_notes =
    "Values stand as the writer would get them: after the processors and the cast to the target's types. NULL is "
    "NULL,\n"
    "an empty text is \"\". Records that would be dirty are marked with '!', the reasons stand below the table. What "
    "only\n"
    "the target can refuse, such as a key conflict, shows in a run alone. Without a target that answers, records "
    "stand\n"
    "as they arrive at the cast.\n\n"
    "Exit codes: 0 shown; 1, 2 or 75 as 'sluice check' has them, when the job has problems or reading failed.";

// Why the records are not those that the writer would get.
std::string uncast_reason(const engine::OpenOutcome& open, const job::Problems& problems) {
  if (!problems.has_errors() && open.job->target.offer.target_missing)
    return "the target is not there yet: records stand as they arrive, before the cast to its types";
  return "the writer's side has problems: records stand as they arrive, before the cast to the target's types";
}

std::string count_line(const engine::Preview& preview) {
  std::string text = count_text(preview.records.size(), "record");
  text += preview.is_whole ? ", all that there are" : ", the first ones";
  if (preview.filtered > 0) text += "; " + count_text(preview.filtered) + " filtered";
  if (preview.added > 0) text += "; " + count_text(preview.added) + " added";
  return text;
}

struct Shown {
  int code = engine::exit_code::done;
  std::string note, failure;
};

Shown judge(const engine::OpenOutcome& open, const engine::Preview& preview, const job::Problems& problems) {
  Shown shown{engine::exit_code_of(open, problems), "", ""};
  if (!preview.is_cast) shown.note = uncast_reason(open, problems);
  if (preview.failure) {
    shown.failure = preview.failure->text();
    shown.code = preview.failure->retryable() ? engine::exit_code::failed_for_now : engine::exit_code::failed;
  }
  return shown;
}

bool print_json(const engine::OpenJob& job, const engine::Preview& preview, const Shown& shown, const ReadJob& read,
                Console& console) {
  const auto& columns = job.cast ? job.cast->schema() : job.arriving();
  boost::json::object object = preview_json(preview, columns);
  object["file"] = read.file;
  object["exit_code"] = shown.code;
  object["note"] = shown.note;
  object["error"] = shown.failure;
  object["problems"] = read.problems.to_json(read.file);
  return console.print(boost::json::serialize(object) + '\n');
}

bool print_text(const engine::OpenJob& job, const engine::Preview& preview, const Shown& shown, const ReadJob& read,
                Console& console) {
  tell_problems(read.problems, read.file, console);
  if (!shown.note.empty()) console.tell(paint(console.error(), Style::warning, "note: ") + shown.note);
  const auto& columns = job.cast ? job.cast->schema() : job.arriving();
  const bool printed = console.print(preview_text(preview, columns, console.output()));
  console.tell(paint(console.error(), Style::faint, count_line(preview)));
  if (!shown.failure.empty()) console.tell(paint(console.error(), Style::bad, "sluice preview: ") + shown.failure);
  return printed;
}

int preview_job(ReadJob& read, std::size_t records, bool json, engine::Log& log, Console& console) {
  engine::OpenOutcome open;
  if (!read.problems.has_errors())
    open = engine::open(*read.resolved, {.source_only = true, .resumable = false}, log, read.problems);
  if (!open.job) {
    const int code = engine::exit_code_of(open, read.problems);
    if (json) return console.print(problems_json(read, code)) ? code : engine::exit_code::failed;
    tell_problems(read.problems, read.file, console);
    return code;
  }
  const engine::Preview preview = engine::preview(*open.job, records);
  const Shown shown = judge(open, preview, read.problems);
  const auto print = json ? print_json : print_text;
  return print(*open.job, preview, shown, read, console) ? shown.code : engine::exit_code::failed;
}

}  // namespace

int preview_command(Given given, Console& console) {
  bool json = false;
  std::size_t records = 0;
  JobRequest request;
  Arguments arguments({.command = "preview",
                       .synopsis = "JOB",
                       .description =
                           "Shows the first records of a job as a table and writes none. JOB is a file, or - "
                           "for the standard input.",
                       .notes = preview_notes,
                       .example = "sluice preview job.json -n 5",
                       .least = 1,
                       .most = 1});
  arguments.add()("records,n", po::value(&records)->value_name("N")->default_value(20), "how many records")(
      "json", po::bool_switch(&json), "the records as JSON on the output, whole and exact");
  request.add_to(arguments);
  if (auto code = arguments.parse(given, console)) return *code;
  if (std::string what = request.problem(); !what.empty()) return wrong_use(console, what, "preview");
  if (records == 0 || records > most_previewed)
    return wrong_use(console, "-n is a number from 1 to " + count_text(most_previewed), "preview");
  auto log = make_log(request.log_settings(), console);
  if (!log) return wrong_use(console, log.error().text, "preview");

  plugin::Catalogue catalogue = request.directories().catalogue();
  ReadJob read = request.read(arguments.positional().front(), catalogue, **log);
  return preview_job(read, records, json, **log, console);
}

}  // namespace sluice::cli
