// SPDX-License-Identifier: Apache-2.0
#include "engine/replay.hpp"

#include <sluice/readback.h>

#include <boost/program_options/value_semantic.hpp>
#include <cstdlib>
#include <utility>

#include "cli/command.hpp"
#include "cli/find_run.hpp"
#include "cli/job_request.hpp"
#include "cli/progress_display.hpp"
#include "cli/quantity_text.hpp"
#include "cli/run_choice.hpp"
#include "cli/run_directory.hpp"
#include "cli/run_report.hpp"
#include "cli/split_options.hpp"
#include "engine/run.hpp"
#include "engine/run_lock.hpp"

namespace sluice::cli {
namespace {

namespace po = boost::program_options;
namespace exit_code = engine::exit_code;

constexpr const char* replay_notes =
    "The records enter again where they were refused, with the values that they had there. The job is read from its\n"
    "script, which must be the one of the run (JOB says where it is now, --set what was set then). preSql is not\n"
    "executed again, postSql is; a file that the run has published is added to.\n\n"
    "A replay is a run of its own, RUN.replay: with its summary, the error limit of the job, and a dirty file with "
    "what\n"
    "was refused again ('sluice replay RUN.replay' is for that). It can be repeated: one that was interrupted goes "
    "on,\n"
    "one that is finished answers that it is done and writes nothing. Texts that a reader could not read as records "
    "are\n"
    "counted only: they have to be mended in the source.\n\n"
    "Exit codes: as of 'sluice run'.";

struct ReplayOptions {
  JobRequest request;
  std::string state_directory, summary_file;
  SplitOptions splits;
  bool fresh = false;
};

struct Replay {
  const engine::StoredRun& run;
  const ReplayOptions& options;
  const std::filesystem::path& state;
  RunReport& report;
  engine::Log& log;
  Console& console;
};

int give_replay_up(Console& console, const std::string& text, int code) {
  console.tell(paint(console.error(), Style::bad, "sluice replay: ") + text);
  return code;
}

int give_replay_up(Console& console, const Refused& refused) {
  return give_replay_up(console, refused.trouble.text, refused.code);
}

int run_replay(engine::OpenJob& job, engine::RunState& state, const engine::RunRules& rules, const Replay& replay,
               const job::Problems& problems) {
  job.services->note("replays", replay.run.identity.run);
  ProgressDisplay display(replay.console);
  engine::Summary summary = engine::run(job, state, rules, display.hooks());
  display.clear();
  const bool abandoned = summary.abandoned;
  const int code = replay.report.finished(std::move(summary), problems, state.directory());
  if (abandoned) std::_Exit(code);  // a thread is still inside of a plugin, nothing of the job may be destroyed
  return code;
}

// The records of one step.
int replay_step(ReadJob& read, const engine::Replayable& records, const Replay& replay) {
  const engine::ResolvedJob job = engine::replay_job(*read.resolved, replay.run.directory, records.step);
  const RunWish wish{.run_id = records.run, .resume = {}, .fresh = replay.options.fresh};
  auto choice = RunChoice::make(wish, replay.state, job, {records.run, {}}, *read.scheduling);
  if (!choice) return give_replay_up(replay.console, choice.error());
  if (choice->done()) return replay.report.done_already(*choice->done());
  const auto& splits = replay.options.splits;
  engine::OpenRules rules{.run_id = records.run, .validation = splits.validation_depth(), .flags = SLUICE_REPLAY};
  rules.isolate = splits.isolates(*job.job);
  auto open = engine::open(job, rules, replay.log, read.problems);
  tell_problems(read.problems, read.file, replay.console);
  if (!open.job || read.problems.has_errors())
    return replay.report.refused(read.file, read.problems, engine::exit_code_of(open, read.problems));
  auto state = choice->begin(job, *open.job);
  if (!state) return give_replay_up(replay.console, state.error());
  return run_replay(*open.job, **state, splits.rules(job, **state), replay, read.problems);
}

// The way out of a run that has nothing to be replayed yet.
std::optional<std::string> objection(const engine::StoredRun& run) {
  if (run.is_finished()) return {};
  return "the run is unfinished: what it has not committed comes again, with its dirty records, when it is taken up "
         "('sluice run JOB --resume RUN'; replay it then): " +
         run.identity.run;
}

int replay_run(const std::string& file, const Replay& replay) {
  const auto plan = engine::plan_replay(replay.run);
  if (plan.unreadable > 0)
    replay.console.tell(count_text(plan.unreadable, "dirty record") +
                        " never became a record and cannot be replayed: mend the source and run the job again");
  if (plan.steps.empty()) {
    replay.report.nothing_to_do("run " + replay.run.identity.run + " has no dirty records to be replayed");
    return exit_code::done;
  }
  plugin::Catalogue catalogue = replay.options.request.directories().catalogue();
  // With the scheduling parameters of the run.
  const auto values = job::first_values_of(replay.run.identity.scheduling);
  ReadJob read = replay.options.request.read(file, catalogue, replay.log,
                                             {.run = replay.run.identity.run, .first = values ? &*values : nullptr});
  if (read.problems.has_errors()) {
    tell_problems(read.problems, read.file, replay.console);
    return replay.report.refused(read.file, read.problems, exit_code::wrong_use);
  }
  if (!engine::is_job_of(*read.resolved, replay.run))
    return give_replay_up(
        replay.console,
        "the job has changed since this run (replay needs the same steps and parameters; --set repeats what "
        "was set for the run; a changed job is run again as a whole): " +
            file,
        exit_code::wrong_use);
  // Nobody else runs the job meanwhile.
  const auto lock = engine::lock_job(replay.state, engine::identify(*read.resolved, plan.steps.front().run));
  if (!lock) return give_replay_up(replay.console, refused_by(lock.error()));
  for (const auto& step : plan.steps)
    if (const int code = replay_step(read, step, replay); code != exit_code::done) return code;
  return exit_code::done;
}

}  // namespace

int replay_command(Given given, Console& console) {
  ReplayOptions options;
  Arguments arguments({.command = "replay",
                       .synopsis = "RUN [JOB]",
                       .description = "Runs the dirty records of a run again through the same job, once what was "
                                      "wrong with them is mended in the\ntarget. RUN is the run's id, or last; JOB is "
                                      "its script, where the run found it when not given.",
                       .notes = replay_notes,
                       .example = "sluice replay last",
                       .least = 1,
                       .most = 2});
  arguments.add()("state-dir", po::value(&options.state_directory)->value_name("DIR"), "where runs keep their state")(
      "summary", po::value(&options.summary_file)->value_name("FILE"),
      "write the summary to FILE as JSON; - is the output")("fresh", po::bool_switch(&options.fresh),
                                                            "replay again, although that was done or has begun");
  options.splits.add_to(arguments);
  options.request.add_to(arguments);
  if (auto code = arguments.parse(given, console)) return *code;
  std::string what = options.request.problem();
  if (what.empty()) what = options.splits.problem();
  if (!what.empty()) return wrong_use(console, what, "replay");
  RunReport report(options.summary_file, console);
  if (auto trouble = report.trouble()) return give_replay_up(console, trouble->text, exit_code::wrong_use);
  auto asked = state_directory(options.state_directory);
  if (!asked) return no_run(console, "replay", asked.error());
  auto run = find_run(*asked, arguments.positional().front());
  if (!run) return no_run(console, "replay", run.error());
  auto state = make_state_directories(*asked);
  if (!state) return give_replay_up(console, state.error().text, exit_code::failed);
  const auto reads = engine::share_run(*state, run->identity.run, run->identity.run + ".replay");
  if (!reads) return give_replay_up(console, refused_by(reads.error()));
  run = find_run(*state, run->identity.run);  // as it is now that nobody changes it
  if (!run) return no_run(console, "replay", run.error());
  if (auto why = objection(*run)) return give_replay_up(console, *why, exit_code::wrong_use);
  auto log = make_log(options.request.log_settings(), console);
  if (!log) return give_replay_up(console, log.error().text, exit_code::wrong_use);
  const std::string& file = arguments.positional().back();
  const bool is_given = arguments.positional().size() == 2;
  if (!is_given && run->identity.job == "-")
    return give_replay_up(console, "the run's script came from the standard input: name it (sluice replay RUN JOB)",
                          exit_code::wrong_use);
  return replay_run(is_given ? file : run->identity.job, {*run, options, *state, report, **log, console});
}

}  // namespace sluice::cli
