// SPDX-License-Identifier: Apache-2.0
#include <boost/program_options/value_semantic.hpp>
#include <filesystem>

#include "cli/backfill_runs.hpp"
#include "cli/backfill_text.hpp"
#include "cli/command.hpp"
#include "cli/run_directory.hpp"
#include "cli/run_options.hpp"
#include "job/schedule_time.hpp"

namespace sluice::cli {
namespace {

namespace po = boost::program_options;
namespace exit_code = engine::exit_code;
using std::chrono::sys_days;

constexpr const char* backfill_notes =
    "Every date is the business date of one run: its planned day is the day after, at the time of --cyctime (else\n"
    "midnight). The runs are called JOB-DATE, such as orders-20251031, so that the command can simply be repeated:\n"
    "what is done is 'already done', what is unfinished goes on. --fresh begins all of them again.\n\n"
    "The job is checked before the first run. A run that fails ends the backfill, after those that are under way;\n"
    "with --keep-going the other dates have their turn. A signal stops all runs, and their dates can be resumed.\n"
    "Lines of the runs go to the error stream behind their date, the table goes to the output.\n\n"
    "Exit codes: 0 every date is done; 75 some are not, and for all of these a later try may help; else the code of\n"
    "the first that failed (see sluice run -h); 130 or 143 stopped by a signal.";

struct BackfillOptions {
  RunOptions run;
  std::string from, to, prefix;
  std::size_t parallel = 1;
  bool keep_going = false;
  bool json = false;

  void add_to(Arguments& arguments) {
    arguments.add()("from", po::value(&from)->value_name("DATE"), "the first business date")(
        "to", po::value(&to)->value_name("DATE"), "the last one")(
        "parallel", po::value(&parallel)->value_name("N")->default_value(1), "how many runs at a time, up to 64")(
        "keep-going", po::bool_switch(&keep_going), "go on with the other dates after one has failed")(
        "run-prefix", po::value(&prefix)->value_name("NAME"), "call the runs NAME-DATE (default: as the job's file)")(
        "json", po::bool_switch(&json), "the table as JSON, with the summaries of the runs");
    run.add_shared_to(arguments);
  }
};

// "orders" for jobs/orders.json, in the letters that a run's id may have.
std::string prefix_of(const std::string& job) {
  std::string name = std::filesystem::path(job).stem().string().substr(0, 80);
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-' && c != '_' && c != '.') c = '_';
  return name.empty() || name.front() == '.' ? "_" + name : name;
}

struct Dates {
  sys_days first, last;
};

boost::system::result<Dates, Trouble> dates_of(const BackfillOptions& options) {
  const auto first = job::parse_business_date(options.from), last = job::parse_business_date(options.to);
  if (!first) return Trouble("--from: " + first.error());
  if (!last) return Trouble("--to: " + last.error());
  if (*last < *first) return Trouble("--to is before --from: " + options.to + " is before " + options.from);
  if (*last - *first > std::chrono::days(36525)) return Trouble("more than a hundred years");
  return Dates{*first, *last};
}

std::string problem_of(const BackfillOptions& options, const std::string& job) {
  if (options.from.empty() || options.to.empty()) return "--from and --to are needed: the first and the last date";
  if (job == "-") return "the job must be a file, every run reads it";
  if (options.parallel < 1 || options.parallel > most_parallel_runs)
    return "--parallel is 1 to " + std::to_string(most_parallel_runs) + ", not " + std::to_string(options.parallel);
  if (options.run.request.schedule().has_business_date())
    return "--bizdate has no place here: --from and --to say the business dates";
  if (!options.run.request.schedule().is_day_free())
    return "--cyctime is a time alone here, such as 02:30: the dates say the day";
  if (std::string what = RunWish{.run_id = options.prefix}.problem(); !options.prefix.empty() && !what.empty())
    return "--run-prefix: " + what;
  return options.run.problem();
}

std::vector<BackfillRun> runs_of(Dates dates, const std::string& prefix) {
  std::vector<BackfillRun> runs;
  for (sys_days day = dates.first; day <= dates.last; day += std::chrono::days(1)) {
    const std::string date = *evaluate("${yyyymmdd}", job::scheduled_for(day, {}));
    runs.push_back({.date = date, .id = prefix + "-" + date});
  }
  return runs;
}

// Reads the job as it is on that date, without a connection.
ReadJob read_on(const BackfillOptions& options, const std::string& job, const BackfillRun& run, sys_days day,
                plugin::Catalogue& catalogue, engine::Log& log) {
  return options.run.request.read(job, catalogue, log, {.run = run.id, .business_date = day, .offline = true});
}

// Every problem that needs no connection is found here, once.
std::optional<int> refuse(const BackfillOptions& options, const std::string& job, Dates dates,
                          const std::vector<BackfillRun>& runs, engine::Log& log, Console& console) {
  plugin::Catalogue catalogue = options.run.request.directories().catalogue();
  const ReadJob first = read_on(options, job, runs.front(), dates.first, catalogue, log);
  tell_problems(first.problems, first.file, console);
  if (first.problems.has_errors()) return exit_code::wrong_use;
  if (runs.size() == 1) return {};
  const ReadJob last = read_on(options, job, runs.back(), dates.last, catalogue, log);
  if (last.problems.has_errors()) {
    tell_problems(last.problems, last.file, console);
    return exit_code::wrong_use;
  }
  if (engine::identify(*first.resolved, "").fingerprint != engine::identify(*last.resolved, "").fingerprint) return {};
  return wrong_use(console,
                   "every date would make the same run, because nothing in the job depends on the date (use a "
                   "parameter such as ${bizdate} in it)",
                   "backfill");
}

// Options of its own, and those that it says itself to every run.
bool is_forwarded(const std::string& option) {
  for (const char* own : {"from", "to", "parallel", "keep-going", "run-prefix", "json", "state-dir", "keep"})
    if (option == own) return false;
  return true;
}

BackfillRules rules_of(const BackfillOptions& options, const Arguments& arguments, const std::filesystem::path& state,
                       std::size_t dates) {
  std::vector<std::string> common{"run", arguments.positional().front()};
  for (const GivenOption& option : arguments.given())
    if (is_forwarded(option.name)) common.insert(common.end(), option.words.begin(), option.words.end());
  // The runs of one backfill must not push each other out.
  common.insert(common.end(), {"--state-dir", state.string(), "--keep", std::to_string(options.run.keep + dates)});
  return {.state = state,
          .parallel = options.parallel,
          .keep_going = options.keep_going,
          .arguments = [common](const BackfillRun& run) {
            std::vector<std::string> words = common;
            words.insert(words.end(), {"--bizdate", run.date, "--run-id", run.id});
            return words;
          }};
}

}  // namespace

int backfill_command(Given given, Console& console) {
  BackfillOptions options;
  Arguments arguments({.command = "backfill",
                       .synopsis = "JOB",
                       .description = "Runs a job once for every business date from --from to --to, and prints a table "
                                      "of the runs. JOB is a file.",
                       .notes = backfill_notes,
                       .example = "sluice backfill job.json --from 20251001 --to 20251031 --parallel 4",
                       .least = 1,
                       .most = 1});
  options.add_to(arguments);
  if (auto code = arguments.parse(given, console)) return *code;
  const std::string& job = arguments.positional().front();
  if (std::string what = problem_of(options, job); !what.empty()) return wrong_use(console, what, "backfill");
  const auto dates = dates_of(options);
  if (!dates) return wrong_use(console, dates.error().text, "backfill");
  const auto state = state_directory(options.run.state_directory);
  if (!state) return wrong_use(console, state.error().text, "backfill");
  auto log = make_log(options.run.request.log_settings(), console);
  if (!log) return wrong_use(console, log.error().text, "backfill");

  auto list = runs_of(*dates, options.prefix.empty() ? prefix_of(job) : options.prefix);
  if (auto code = refuse(options, job, *dates, list, **log, console)) return *code;
  const std::size_t count = list.size();
  BackfillRuns runs(std::move(list), rules_of(options, arguments, *state, count), console);
  const int code = runs.execute();
  const std::string text =
      options.json ? backfill_json(job, runs.runs(), code) : backfill_text(runs.runs(), console.output());
  return console.print(text) ? code : exit_code::failed;
}

}  // namespace sluice::cli
