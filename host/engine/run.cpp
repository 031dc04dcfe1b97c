// SPDX-License-Identifier: Apache-2.0
#include "engine/run.hpp"

#include <sluice/readback.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <utility>

#include "engine/clean_up.hpp"
#include "engine/dead_letters.hpp"
#include "engine/lane.hpp"
#include "engine/lane_count.hpp"
#include "engine/local_link.hpp"
#include "engine/memory_use.hpp"
#include "engine/resume.hpp"
#include "engine/run_resources.hpp"
#include "engine/split_queue.hpp"
#include "engine/thread_runner.hpp"

namespace sluice::engine {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds tick{50};
constexpr std::chrono::milliseconds signal_grace{1500};

// The scheduler of one run. Its members belong to the thread that called run(); plugin calls happen on the pool.
class Run {
 public:
  Run(OpenJob& job, RunState& state, RunRules rules, const RunHooks& hooks)
      : job_(job),
        state_(state),
        services_(*job.services),
        rules_(std::move(rules)),
        hooks_(hooks),
        watchdog_(job.job->setting.call_timeout),
        signals_(io_, SIGINT, SIGTERM),
        timer_(io_) {
    summary_.started = std::chrono::system_clock::now();
    summary_.lanes_asked = job.job->setting.concurrent;
  }

  Summary execute() {
    await_signal();
    on_tick();
    if (plan() && prepare()) run_lanes();
    if (!failed_ && !abandoned_ && !services_.stop.requested()) complete();
    if (!abandoned_) pool_->join();
    return summarise();
  }

 private:
  // ---- phases ----

  bool plan() {
    pool_ = std::make_unique<asio::thread_pool>(1);
    auto planned = blocking("plan", [this] { return Resume(job_, state_, watchdog_).plan(); });
    if (!planned || !*planned) return fail(planned);
    splits_ = std::move(**planned);
    for (const auto& split : splits_)
      if (!state_.history().is_committed(split.key)) open_.push_back(&split);
    const LaneCount count = count_lanes(summary_.lanes_asked, open_.size(), state_.is_resumed());
    lanes_ = count.lanes;
    summary_.lanes_reason = count.reason;
    services_.set_lanes(lanes_);
    summary_.counters = summary_.earlier = state_.history().committed();
    summary_.splits_done = splits_.size() - open_.size();
    return true;
  }

  // preSql is repeated exactly when nothing is committed; a replay adds to what an earlier run has prepared.
  bool prepare() {
    phase_ = "prepare";
    const bool again = state_.history().has_commits() || (job_.rules.flags & SLUICE_REPLAY) != 0;
    const auto mode = again ? plugin::Prepare::resume : plugin::Prepare::fresh;
    if (!kept(state_.journal().preparing())) return false;
    if (!state_.history().has_commits() && !forget_former()) return false;
    if (mode == plugin::Prepare::fresh && !create_target()) return false;
    auto prepared = blocking("prepare", [this, mode] { return job_.writer->prepare(mode); });
    if (!prepared || !*prepared) return fail(prepared);
    if (!kept(state_.journal().prepared())) return false;
    return !job_.target.offer.target_missing || describe_again();
  }

  bool forget_former() {
    auto forgotten = blocking("clean-up", [this] { return engine::forget_former(job_); });
    return forgotten && *forgotten ? true : fail(forgotten);
  }

  // Once everything was checked, and before preSql. An existing table is never replaced: the statement would fail.
  bool create_target() {
    for (const plugin::Statement& line : job_.creation) {
      if (line.what != "create table") continue;
      auto created = blocking("create table", [this, &line] { return job_.writer->execute(line.text); });
      if (!created || !*created) return fail(created);
      services_.note("created", line.text);
    }
    return true;
  }

  // preSql, or create_target(), was to create the target; now it must be there.
  bool describe_again() {
    auto described = blocking("describe", [this] { return job_.writer->describe(job_.arriving()); });
    if (!described || !*described) return fail(described);
    job_.target = std::move(**described);
    if (job_.target.offer.target_missing)
      return fail("the target is still not there after preSql: " + job_.job->writer.name);
    if (job_.job->setting.delivery == SLUICE_EXACTLY_ONCE && !job_.target.offer.exactly_once)
      return fail(
          "the writer cannot promise exactly-once on the target that preSql made (setting.delivery \"auto\" or "
          "\"at-least-once\" does without): " +
          job_.target.offer.reason);
    auto cast = record::Cast::plan(job_.arriving(), job_.target.wanted, {job_.job->setting.time_zone});
    if (!cast) {
      std::string text = "columns do not fit";
      for (const auto& problem : cast.error()) text += "; " + problem.text;
      return fail(text);
    }
    job_.cast.emplace(std::move(*cast));
    return true;
  }

  void run_lanes() {
    phase_ = "run";
    link_ = std::make_unique<LocalLink>(job_, state_, open_.size());
    if (const auto& broken = link_->dirty().failure()) {
      fail(broken->text());
      return;
    }
    pool_->join();
    resources_.emplace(job_, *link_, watchdog_);
    if (rules_.runner) {
      queue_.emplace(open_, lanes_, lanes_);
      pool_ = std::make_unique<asio::thread_pool>(lanes_);
      runner_ = rules_.runner(*resources_);
    } else {
      queue_.emplace(open_, lanes_, lanes_ + 1);  // one is read ahead
      pool_ = std::make_unique<asio::thread_pool>(2 * (lanes_ + 1));
      resources_->read_over = [this](const plugin::Split& split) {
        asio::post(io_, [this, &split] {
          queue_->read_over(split);
          start_more();
        });
      };
      runner_ = std::make_unique<ThreadRunner>(*resources_, *pool_);
    }
    start_more();
    while (!queue_->is_idle() && !abandoned_) io_.run_one();
  }

  void start_more() {
    while (const plugin::Split* split = services_.stop.requested() ? nullptr : queue_->next()) {
      asio::post(*pool_, [this, split] {
        LaneOutcome outcome = run_with_retries(*runner_, services_, job_.job->setting.retry, *split,
                                               state_.history().attempts_at(split->key) + 1);
        asio::post(io_, [this, split, outcome = std::move(outcome)] { ended(*split, outcome); });
      });
    }
  }

  void ended(const plugin::Split& split, const LaneOutcome& outcome) {
    queue_->ended(split);
    summary_.retries += outcome.retries;
    add(outcome.last);
    switch (outcome.last.status) {
      case SplitOutcome::Status::committed:
        ++summary_.splits_done;
        if (outcome.last.failure) first_failure(RunStatus::failed, outcome.last.failure->text(), split.label);
        break;
      case SplitOutcome::Status::limit_crossed:
        first_failure(RunStatus::limit_exceeded, link_->limit().reason(), "");
        break;
      case SplitOutcome::Status::failed:
        first_failure(outcome.last.failure->retryable() ? RunStatus::failed_for_now : RunStatus::failed,
                      outcome.last.failure->text(), split.label);
        break;
      case SplitOutcome::Status::stopped:
        break;
    }
    start_more();
  }

  void add(const SplitOutcome& outcome) {
    using seconds = std::chrono::duration<double>;
    summary_.counters += outcome.counters;
    summary_.reader_wait_seconds += seconds(outcome.reader_wait).count();
    summary_.writer_wait_seconds += seconds(outcome.writer_wait).count();
    summary_.throttle_wait_seconds += seconds(outcome.throttle_wait).count();
  }

  void complete() {
    phase_ = "complete";
    if (!kept(state_.journal().completing())) return;
    auto completed = blocking("complete", [this] { return job_.writer->complete(); });
    if (!completed || !*completed) {
      fail(completed);
      return;
    }
    done_ = kept(state_.journal().completed());
    if (done_) blocking("clean-up", [this] { return clean_up(job_, job_.rules.run_id, state_.journal()), true; });
  }

  // ---- plugin calls of the job, while signals and progress go on ----

  // Nothing when the call had to be abandoned.
  template <class Function>
  auto blocking(const char* call, Function function) -> std::optional<decltype(function())> {
    struct Answer {
      std::optional<decltype(function())> value;
      bool is_there = false;
    };
    auto answer = std::make_shared<Answer>();
    asio::post(*pool_, [this, call, function, answer] {
      {
        const Watchdog::Call watched(watchdog_, call, {});
        answer->value.emplace(function());
      }
      asio::post(io_, [answer] { answer->is_there = true; });
    });
    while (!answer->is_there && !abandoned_) io_.run_one();
    return answer->is_there ? std::move(answer->value) : std::nullopt;
  }

  // ---- failures and signals ----

  template <class T>
  bool fail(const std::optional<plugin::Result<T>>& answer) {
    if (!answer) return false;
    const auto& failure = answer->error();
    // What a signal cut short fails in many ways: "locked", of a wait that ended early.
    if (signal_ != 0 || (failure.cancelled() && services_.stop.requested())) return false;
    first_failure(failure.retryable() ? RunStatus::failed_for_now : RunStatus::failed, failure.text(), "");
    return false;
  }

  // A step of the journal.
  bool kept(const plugin::Result<void>& written) { return written ? true : fail(written.error().text()); }

  bool fail(const std::string& text) {
    first_failure(RunStatus::failed, text, "");
    return false;
  }

  // After a signal there is none: what fails then is what was stopped.
  void first_failure(RunStatus status, std::string text, std::string split) {
    if (failed_) return;
    if (signal_ != 0) return services_.warn(split.empty() ? text : text + " (split " + split + ")");
    failed_ = true;
    summary_.status = status;
    summary_.error = RunError{std::move(text), std::move(split)};
    services_.stop.request();
    job_.reader->cancel();
  }

  void await_signal() {
    signals_.async_wait([this](const boost::system::error_code& error, int number) {
      if (error) return;
      if (signal_ != 0) std::_Exit(128 + number);
      signal_ = number;
      leave_at_ = Clock::now() + signal_grace;
      services_.stop.request();
      job_.reader->cancel();
      job_.writer->cancel();
      await_signal();
    });
  }

  void on_tick() {
    const auto now = Clock::now();
    for (const auto& overdue : watchdog_.look(now)) {
      if (overdue.cancelled)
        first_failure(RunStatus::failed_for_now, overdue.text + " (setting.callTimeout)", "");
      else
        services_.warn(overdue.text);
    }
    if (watchdog_.has_deaf_call(now, rules_.grace) || (leave_at_ && now >= *leave_at_)) abandoned_ = true;
    if (hooks_.progress && now >= next_progress_) {
      if (next_progress_ != Clock::time_point{}) hooks_.progress(progress());
      next_progress_ = now + hooks_.interval;
    }
    timer_.expires_after(tick);
    timer_.async_wait([this](const boost::system::error_code& error) {
      if (!error) on_tick();
    });
  }

  // ---- what is told ----

  Progress progress() const {
    Progress now;
    now.elapsed_seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    now.phase = phase_;
    now.splits = splits_.size();
    now.splits_done = summary_.splits_done;
    if (link_) {
      const Passed passed = link_->live();
      now.read = passed.read;
      now.written = passed.written;
      now.dirty = passed.dirty;
      now.bytes = passed.bytes;
    }
    now.estimated_records = plugin::total(splits_, &plugin::Split::records);
    return now;
  }

  Summary summarise() {
    summary_.run = job_.rules.run_id;
    summary_.job = job_.job->file;
    summary_.finished = std::chrono::system_clock::now();
    summary_.elapsed_seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    summary_.lanes = lanes_;
    summary_.splits = splits_.size();
    summary_.peak_memory_bytes = peak_memory() + (runner_ ? runner_->peak_memory() : 0);
    summary_.delivery = job_.target.offer.exactly_once ? "exactly-once" : "at-least-once";
    summary_.delivery_reason = job_.target.offer.reason;
    Facts facts = services_.facts();
    summary_.notes = std::move(facts.notes);
    for (const auto& [name, value] : facts.metrics) summary_.notes.emplace_back(name, std::to_string(value));
    summary_.consistent = std::move(facts.consistent);
    summary_.warnings = std::move(facts.warnings);
    if (runner_) {
      summary_.dirty_kinds = link_->dirty().kinds();
      summary_.dirty_file = link_->dirty().path();
    } else {
      tell_of_before();
    }
    summary_.abandoned = abandoned_;
    decide();
    return std::move(summary_);
  }

  // As long as no lane has run, the run is as far as the process before came.
  void tell_of_before() {
    DirtyLines lines = read_dirty_lines(state_.directory());
    summary_.counters = summary_.earlier = state_.history().sums(lines.count);
    summary_.splits_done = state_.history().splits_done();
    if (splits_.empty() && state_.plan()) summary_.splits = state_.plan()->splits.size();
    summary_.dirty_kinds = std::move(lines.kinds);
    if (lines.count > 0) summary_.dirty_file = DeadLetters::file(state_.directory()).string();
  }

  void decide() {
    if (done_)
      summary_.status = RunStatus::succeeded;
    else if (!failed_)
      summary_.status = RunStatus::stopped;
    if (summary_.status == RunStatus::stopped && !summary_.error) summary_.error = RunError{"stopped by a signal", ""};
    summary_.exit_code = exit_code_of(summary_.status, signal_ == 0 ? SIGTERM : signal_);
  }

  OpenJob& job_;
  RunState& state_;
  JobServices& services_;
  const RunRules rules_;
  const RunHooks& hooks_;
  Watchdog watchdog_;
  asio::io_context io_;
  asio::signal_set signals_;
  asio::steady_timer timer_;
  std::unique_ptr<LocalLink> link_;
  std::optional<RunResources> resources_;
  std::unique_ptr<SplitRunner> runner_;
  std::vector<plugin::Split> splits_;
  std::vector<const plugin::Split*> open_;   // those that are not committed yet
  std::optional<SplitQueue> queue_;          // of these
  std::unique_ptr<asio::thread_pool> pool_;  // above what its threads use: joined before that goes

  const Clock::time_point start_ = Clock::now();
  Clock::time_point next_progress_{};
  std::optional<Clock::time_point> leave_at_;
  std::string phase_ = "plan";
  std::uint32_t lanes_ = 1;
  int signal_ = 0;
  bool failed_ = false;
  bool done_ = false;
  bool abandoned_ = false;
  Summary summary_;
};

}  // namespace

Summary run(OpenJob& job, RunState& state, const RunRules& rules, const RunHooks& hooks) {
  auto run = std::make_unique<Run>(job, state, rules, hooks);
  Summary summary = run->execute();
  if (summary.abandoned) [[maybe_unused]]
    auto* in_use = run.release();  // a thread is still in there
  return summary;
}

}  // namespace sluice::engine
