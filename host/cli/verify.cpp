// SPDX-License-Identifier: Apache-2.0
#include <boost/json/serialize.hpp>
#include <boost/program_options/value_semantic.hpp>

#include "cli/command.hpp"
#include "cli/find_run.hpp"
#include "cli/job_request.hpp"
#include "cli/run_choice.hpp"
#include "cli/run_directory.hpp"
#include "cli/verdict_text.hpp"
#include "cli/verify_run.hpp"
#include "engine/replay.hpp"
#include "engine/run.hpp"
#include "engine/run_lock.hpp"

namespace sluice::cli {
namespace {

namespace po = boost::program_options;
namespace exit_code = engine::exit_code;

constexpr const char* verify_notes =
    "Both sides are read by the readers of their stores; the source goes through the job's processors and the checked\n"
    "cast. Records are compared by their key: the primary key of the target, else of the source, or --key. Without "
    "any\n"
    "a record is its own key: it is missing or extra, never different.\n\n"
    "Source records that the cast refuses are counted and not compared, and what the writer refused in the job's last\n"
    "run is not missed. Where writeMode keeps what is there (update, replace, append ...), other records in the "
    "target\n"
    "are counted and allowed; --extra differ wants both sides to be the same. Nothing is written, to neither side.\n\n"
    "Exit codes: 0 equal; 1 different, or a side could not be read; 2 wrong use, a job with problems or a writer that\n"
    "cannot be read back; 75 failed for now: a later try may help; 130 or 143 stopped by a signal.";

struct VerifyRequest {
  JobRequest request;
  VerifyOptions verify;
  std::string state_directory;
  bool json = false;

  std::string problem() const {
    std::string what = verify.problem();
    return what.empty() ? request.problem() : what;
  }
};

int tell(const ReadJob& read, const Verified& verified, bool json, Console& console) {
  tell_problems(read.problems, read.file, console);
  const boost::json::object none{{"job", read.file},
                                 {"verdict", "none"},
                                 {"exit_code", verified.code},
                                 {"problems", read.problems.to_json(read.file)}};
  if (!verified.verdict) {
    if (json) console.print(boost::json::serialize(none) + "\n");
    return verified.code;
  }
  const std::string text = json ? boost::json::serialize(verdict_json(*verified.verdict)) + "\n"
                                : verdict_text(*verified.verdict, console.output());
  return console.print(text) ? verified.code : exit_code::failed;
}

int give_verify_up(Console& console, const std::string& text, int code) {
  console.tell(paint(console.error(), Style::bad, "sluice verify: ") + text);
  return code;
}

int give_verify_up(Console& console, const Refused& refused) {
  return give_verify_up(console, refused.trouble.text, refused.code);
}

int verify(const std::string& file, const VerifyRequest& options, const std::filesystem::path& state, engine::Log& log,
           Console& console) {
  plugin::Catalogue catalogue = options.request.directories().catalogue();
  ReadJob read = options.request.read(file, catalogue, log);
  if (read.problems.has_errors()) return tell(read, {{}, exit_code::wrong_use}, options.json, console);
  const auto identity = engine::identify(*read.resolved, "verify-" + engine::make_run_id());
  const auto lock = engine::lock_job(state, identity);
  if (!lock) return give_verify_up(console, refused_by(lock.error()));
  engine::VerifyWish wish = options.verify.wish();
  const auto last = engine::last_run(state, identity.fingerprint);
  if (!last) return give_verify_up(console, refused_by(last.error()));
  if (*last) wish.refused_by = engine::still_refused(**last);
  const Verified verified = verify_job(read, wish, catalogue, state, record::Validation::quick, log, console);
  return tell(read, verified, options.json, console);
}

}  // namespace

int verify_command(Given given, Console& console) {
  VerifyRequest options;
  Arguments arguments({.command = "verify",
                       .synopsis = "JOB",
                       .description = "Compares what a job has written with its source, and names the records that "
                                      "differ. JOB is a file, or - for\nthe standard input.",
                       .notes = verify_notes,
                       .example = "sluice verify job.json --key id --json",
                       .least = 1,
                       .most = 1});
  options.verify.add_to(arguments);
  arguments.add()("json", po::bool_switch(&options.json), "the verdict as JSON on the output")(
      "state-dir", po::value(&options.state_directory)->value_name("DIR"), "where runs keep their state");
  options.request.add_to(arguments);
  if (auto code = arguments.parse(given, console)) return *code;
  if (std::string what = options.problem(); !what.empty()) return wrong_use(console, what, "verify");
  auto asked = state_directory(options.state_directory);
  if (!asked) return give_verify_up(console, asked.error().text, exit_code::wrong_use);
  auto state = make_state_directories(*asked);
  if (!state) return give_verify_up(console, state.error().text, exit_code::failed);
  auto log = make_log(options.request.log_settings(), console);
  if (!log) return give_verify_up(console, log.error().text, exit_code::wrong_use);
  return verify(arguments.positional().front(), options, *state, **log, console);
}

}  // namespace sluice::cli
