// SPDX-License-Identifier: Apache-2.0
#include "cli/backfill_runs.hpp"

#include <signal.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <thread>

#include "engine/done_run.hpp"
#include "engine/summary.hpp"

namespace sluice::cli {
namespace {

namespace asio = boost::asio;
namespace exit_code = engine::exit_code;

std::string string_at(const boost::json::object& object, std::string_view key) {
  const boost::json::value* found = object.if_contains(key);
  return found == nullptr || !found->is_string() ? std::string() : std::string(found->get_string());
}

std::string name_of(int code) {
  if (code == exit_code::done) return "succeeded";
  if (code == exit_code::wrong_use) return "problems";
  if (code == exit_code::limit_exceeded) return "limit-exceeded";
  if (code == exit_code::failed_for_now) return "failed-for-now";
  return code == exit_code::interrupted || code == exit_code::terminated ? "stopped" : "failed";
}

}  // namespace

std::string BackfillRun::status() const {
  if (!exit_code) return "not started";
  if (is_old) return "already done";
  const std::string stated = summary ? string_at(*summary, "status") : "";
  return stated.empty() ? name_of(*exit_code) : stated;
}

std::string BackfillRun::failure() const {
  const boost::json::value* stated = summary ? summary->if_contains("error") : nullptr;
  const boost::json::object* object = stated == nullptr ? nullptr : stated->if_object();
  return object == nullptr ? error : string_at(*object, "message");
}

int BackfillRuns::execute() {
  asio::io_context context;
  asio::signal_set signals(context, SIGINT, SIGTERM);
  std::function<void(const boost::system::error_code&, int)> on_signal = [&](const auto& failed, int number) {
    if (failed) return;
    stop(number);
    signals.async_wait(on_signal);
  };
  signals.async_wait(on_signal);
  show_progress();
  std::vector<std::thread> workers;
  std::atomic<std::size_t> busy = std::min(rules_.parallel, runs_.size());
  for (std::size_t i = busy; i > 0; --i)
    workers.emplace_back([&] {
      work();
      if (--busy == 0) asio::post(context, [&] { signals.cancel(); });
    });
  context.run();
  for (std::thread& worker : workers) worker.join();
  console_.live("");
  return exit_code();
}

void BackfillRuns::work() {
  while (BackfillRun* next = take()) run(*next);
}

BackfillRun* BackfillRuns::take() {
  const std::lock_guard lock(mutex_);
  const bool stopped = signal_ != 0 || (failed_ && !rules_.keep_going);
  return stopped || next_ == runs_.size() ? nullptr : &runs_[next_++];
}

void BackfillRuns::run(BackfillRun& run) {
  const std::string started = engine::utc_text(std::chrono::system_clock::now());
  auto child = RunChild::start(rules_.arguments(run));
  if (!child) return finish(run, exit_code::failed_for_now, child.error().text, started);
  {
    const std::lock_guard lock(mutex_);
    children_.push_back(child->get());
    if (signal_ != 0) (*child)->signal(signal_);
  }
  show_progress();
  std::string last_line;
  const int code = (*child)->finish([&](std::string_view line) {
    if (!line.empty()) last_line = line;
    console_.tell(run.date + ": " + std::string(line));
  });
  {
    const std::lock_guard lock(mutex_);
    std::erase(children_, child->get());
  }
  finish(run, code, std::move(last_line), started);
}

void BackfillRuns::finish(BackfillRun& run, int code, std::string last_line, const std::string& started) {
  auto kept = engine::read_run(rules_.state / "runs" / run.id);
  auto stored = kept ? std::optional(std::move(*kept)) : engine::recall_done(rules_.state, run.id);
  {
    const std::lock_guard lock(mutex_);
    run.exit_code = code;
    ++finished_;
    if (code != exit_code::done) failed_ = true;
    const bool has_summary = stored && stored->summary;
    const bool is_old = has_summary && string_at(*stored->summary, "finished") < started;
    run.is_old = is_old && code == exit_code::done;
    if (has_summary && (!is_old || run.is_old))
      run.summary = std::move(stored->summary);
    else if (code != exit_code::done)
      run.error = std::move(last_line);
  }
  if (code != exit_code::done) console_.tell(run.date + ": " + run.status() + ": " + run.failure());
  show_progress();
}

void BackfillRuns::stop(int number) {
  const std::lock_guard lock(mutex_);
  signal_ = number;
  for (RunChild* child : children_) child->signal(number);
}

void BackfillRuns::show_progress() {
  if (!console_.error().terminal) return;
  std::string line;
  {
    const std::lock_guard lock(mutex_);
    line = "backfill: " + std::to_string(finished_) + " of " + std::to_string(runs_.size()) + " dates, " +
           std::to_string(next_ - finished_) + " running";
  }
  console_.live(line);
}

int BackfillRuns::exit_code() const {
  if (signal_ != 0) return 128 + signal_;
  int code = exit_code::done;
  for (const BackfillRun& run : runs_) {
    const int one = run.exit_code.value_or(exit_code::done);
    // What fails for good weighs more than what a later try may mend.
    if (one != exit_code::done && (code == exit_code::done || code == exit_code::failed_for_now)) code = one;
  }
  return code;
}

}  // namespace sluice::cli
