// SPDX-License-Identifier: Apache-2.0
#include "cli/run_choice.hpp"

#include <algorithm>
#include <utility>

#include "cli/run_directory.hpp"
#include "engine/clean_up.hpp"
#include "engine/done_run.hpp"
#include "engine/replay.hpp"
#include "engine/run.hpp"
#include "engine/run_lock.hpp"
#include "job/suggest.hpp"

namespace sluice::cli {
namespace {

namespace exit_code = engine::exit_code;

bool is_good_id(const std::string& id) {
  const auto good = [](unsigned char c) { return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_'; };
  return !id.empty() && id.size() <= 100 && id.front() != '.' && std::all_of(id.begin(), id.end(), good);
}

Refused no_run_of(const RunWish& wish) {
  return {Trouble("there is no run of this job to resume: " + wish.resume + " ('sluice runs' lists them)"),
          exit_code::wrong_use};
}

}  // namespace

Refused refused_by(const plugin::Failure& failure) {
  return {Trouble(failure.message), failure.retryable()              ? exit_code::failed_for_now
                                    : failure.code == SLUICE_INVALID ? exit_code::wrong_use
                                                                     : exit_code::failed};
}

std::string RunWish::problem() const {
  if (!run_id.empty() && !resume.empty()) return "--run-id and --resume cannot be used together";
  if (fresh && !resume.empty()) return "--fresh and --resume contradict each other";
  const std::string& id = run_id.empty() ? resume : run_id;
  if (!id.empty() && !is_good_id(id))
    return "a run's id is made of letters, digits, '.', '-' and '_', at most 100 of them, not '" + id + "'";
  return {};
}

RunStart find_start(const RunWish& wish, const std::filesystem::path& state, const std::string& job_file) {
  const std::string& asked = wish.run_id.empty() ? wish.resume : wish.run_id;
  std::optional<engine::StoredRun> before;
  if (asked == "last") {
    const std::string job = engine::job_name(job_file);
    for (engine::StoredRun& run : engine::list_runs(state))
      if (!before && run.identity.job == job && !engine::is_replay(run.identity)) before = std::move(run);
  } else if (!asked.empty() && !wish.fresh) {
    if (auto run = engine::read_run(state / "runs" / asked))
      before = std::move(*run);
    else
      before = engine::recall_done(state, asked);
  }
  if (before) return {before->identity.run, job::first_values_of(before->identity.scheduling)};
  return {asked.empty() || asked == "last" ? engine::make_run_id() : asked, {}};
}

boost::system::result<RunChoice, Refused> RunChoice::make(const RunWish& wish, const std::filesystem::path& state,
                                                          const engine::ResolvedJob& job, const RunStart& start,
                                                          const job::SchedulingValues& values) {
  engine::RunIdentity identity = engine::identify(job, start.run);
  identity.scheduling = values.to_json();
  identity.is_named = !wish.run_id.empty();
  auto places = make_state_directories(state);
  if (!places) return Refused{places.error(), exit_code::failed};
  auto lock = engine::lock_job(*places, identity);
  if (!lock) return refused_by(lock.error());
  RunChoice choice(std::move(*places), std::move(identity), std::move(*lock));
  if (auto refused = choice.choose(wish)) return std::move(*refused);
  return choice;
}

// Which run it is comes first; what there is of it may be read once nobody else can change it.
std::optional<Refused> RunChoice::choose(const RunWish& wish) {
  if (wish.run_id.empty() && !wish.fresh)
    if (auto refused = find_last(wish)) return refused;
  auto lock = engine::lock_run(state_, identity_.run);
  if (!lock) return refused_by(lock.error());
  run_lock_.emplace(std::move(*lock));
  const bool is_there = std::filesystem::exists(directory() / "run.json");
  replaces_ = is_there && wish.fresh;
  if (wish.fresh) return {};
  if (is_there) {
    auto before = engine::read_run(directory());
    return before ? go_on(std::move(*before)) : std::optional(refused_by(before.error()));
  }
  if (auto before = engine::recall_done(state_, identity_.run)) return go_on(std::move(*before));
  return wish.resume.empty() ? std::nullopt : std::optional(no_run_of(wish));
}

std::optional<Refused> RunChoice::find_last(const RunWish& wish) {
  if (!wish.resume.empty() && wish.resume != "last") {
    identity_.run = wish.resume;
    return {};
  }
  auto last = engine::last_run(state_, identity_.fingerprint);
  if (!last) return Refused{Trouble(last.error().message + " (--fresh begins again without it)"), exit_code::failed};
  if (!wish.resume.empty() && !*last) return no_run_of(wish);
  if (!wish.resume.empty())
    identity_.run = (*last)->identity.run;
  else if (*last && !(*last)->is_finished())
    unfinished_ = std::move(*last);
  return {};
}

std::optional<Refused> RunChoice::go_on(engine::StoredRun before) {
  before.is_running = false;  // the lock is this process's
  if (before.identity.fingerprint != identity_.fingerprint)
    return Refused{Trouble("the job has changed since this run began" + change_since(before.identity) +
                           " (run it afresh with --fresh): " + before.identity.run),
                   exit_code::wrong_use};
  if (before.is_finished()) {
    engine::remove_half_written(before.directory);
    done_ = std::move(before);
  } else {
    resumes_ = true;
  }
  return {};
}

// ", dt was 20251031 and is 20251101" when that is the change.
std::string RunChoice::change_since(const engine::RunIdentity& before) const {
  const auto then = job::first_values_of(before.scheduling), now = job::first_values_of(identity_.scheduling);
  if (!then || !now) return {};
  for (const job::SchedulingParameter& old : then->parameters)
    for (const job::SchedulingParameter& parameter : now->parameters)
      if (parameter.name == old.name && parameter.value != old.value)
        return ", " + old.name + " was " + old.value + " and is " + parameter.value;
  return {};
}

std::optional<Refused> RunChoice::objection(const engine::OpenJob& job) const {
  if (!unfinished_ || !job.target.offer.doubles_on_rerun) return {};
  if (!unfinished_->history.may_have_written()) return {};
  return Refused{Trouble("the last run of this job is unfinished, and to begin again could double the records that it "
                         "wrote (--resume last goes on with it, --fresh begins again all the same): " +
                         unfinished_->identity.run),
                 exit_code::wrong_use};
}

boost::system::result<std::unique_ptr<engine::RunState>, Refused> RunChoice::begin(const engine::ResolvedJob& job,
                                                                                   engine::OpenJob& open) const {
  if (replaces_)
    if (auto removed = engine::remove_run(directory()); !removed) return refused_by(removed.error());
  if (!resumes_) engine::forget_done(state_, identity_.run);
  auto made = make_run_directory(state_, identity_.run);
  if (!made) return Refused{made.error(), exit_code::failed};
  auto state = resumes_ ? engine::RunState::resume(*made, identity_) : engine::RunState::create(*made, identity_, job);
  if (!state) return refused_by(state.error());
  if (!resumes_) engine::supersede_others(open, state_, identity_);
  return std::move(*state);
}

}  // namespace sluice::cli
