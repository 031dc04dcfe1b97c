// SPDX-License-Identifier: Apache-2.0
#include "launch/split_child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <thread>

#include "engine/memory_use.hpp"
#include "engine/run_resources.hpp"
#include "engine/split_run.hpp"
#include "engine/stored_plan.hpp"
#include "launch/child_link.hpp"
#include "launch/child_process.hpp"
#include "launch/messages.hpp"

namespace sluice::launch {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

std::atomic<bool> stop_asked{false};

void on_stop(int) { stop_asked = true; }

// Says which call it was, then dies as it would have. Async-signal-safe.
void on_crash(int number) {
  const std::string_view call = engine::Watchdog::current_call();
  if (!call.empty()) (void)!::write(child_last_words, call.data(), call.size());
  ::signal(number, SIG_DFL);
  ::raise(number);
}

void install_handlers() {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  // A program that a plugin starts is not to keep them open: the run waits for their end.
  for (const int descriptor : {child_wire, child_last_words}) ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  struct sigaction action {};
  action.sa_handler = on_stop;
  ::sigaction(SIGTERM, &action, nullptr);
  action.sa_handler = on_crash;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
  for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) ::sigaction(number, &action, nullptr);
}

// Log lines of the child's plugins go to the run's log.
class WireLog : public engine::Log {
 public:
  explicit WireLog(ChildLink& link) : link_(link) {}
  void write(engine::LogLevel level, std::string_view source, std::string_view text) override {
    link_.tell({{"tell", "log"}, {"level", static_cast<int>(level)}, {"source", source}, {"text", text}});
  }

 private:
  ChildLink& link_;
};

// Looks after stop requests and calls that do not return, on a thread of its own.
class Overseer {
 public:
  Overseer(engine::Watchdog& watchdog, ChildLink& link)
      : watchdog_(watchdog), link_(link), thread_([this] { look(); }) {}
  ~Overseer() {
    done_ = true;
    thread_.join();
  }

  // Once it is open; it must outlive this.
  void mind(engine::OpenJob& job) { job_ = &job; }

  // What became of a split whose call was cancelled because it had not answered in time. True when there was such a
  // call: a cancel stays in force, so that this process can do no more.
  bool name_timeout(engine::SplitOutcome& outcome, bool last) {
    const std::lock_guard lock(mutex_);
    const bool was_cancelled = !timeout_.empty();
    if (outcome.failure && outcome.failure->cancelled() && !timeout_.empty()) {
      outcome.failure =
          plugin::Failure{.code = SLUICE_TIMED_OUT, .flags = SLUICE_RETRYABLE, .message = std::move(timeout_)};
      outcome.retry = !last;
    }
    timeout_.clear();
    return was_cancelled;
  }

 private:
  void look() {
    while (!done_) {
      std::this_thread::sleep_for(50ms);
      const auto now = std::chrono::steady_clock::now();
      if (engine::OpenJob* job = job_; job != nullptr && stop_asked) {
        job->services->stop.request();
        job->reader->cancel();
        job->writer->cancel();
      }
      for (const auto& text : cancel_overdue(now)) link_.tell({{"tell", "warning"}, {"text", text}});
      if (watchdog_.has_deaf_call(now, 5s)) ::raise(SIGKILL);
    }
  }

  // All at once, so that a call that ends by it finds its name. Answers what to tell of the calls.
  std::vector<std::string> cancel_overdue(std::chrono::steady_clock::time_point now) {
    std::vector<std::string> texts;
    const std::lock_guard lock(mutex_);
    for (const auto& overdue : watchdog_.look(now)) {
      texts.push_back(overdue.text + " (setting.callTimeout)");
      if (overdue.cancelled) timeout_ = texts.back();
    }
    return texts;
  }

  std::atomic<engine::OpenJob*> job_{nullptr};
  engine::Watchdog& watchdog_;
  ChildLink& link_;
  std::atomic<bool> done_{false};
  std::mutex mutex_;
  std::string timeout_;  // of the split that is running
  std::thread thread_;
};

// What cannot be opened fails every split that comes.
engine::SplitOutcome not_open(const engine::OpenOutcome& open, const job::Problems& problems, bool last) {
  engine::SplitOutcome outcome;
  outcome.status = engine::SplitOutcome::Status::failed;
  plugin::Failure failure;
  if (open.failure)
    failure = *open.failure;
  else if (!problems.empty())
    failure.message = problems.sorted().front().text;
  outcome.retry = failure.retryable() && !last;
  outcome.failure = failure;
  return outcome;
}

void serve(Wire& wire, ChildLink& link, const ReceivedJob& received) {
  WireLog log(link);
  job::Problems problems;
  engine::OpenOutcome open;
  engine::Watchdog watchdog(received.job.setting.call_timeout);
  boost::asio::thread_pool pool(2);
  std::optional<engine::RunResources> resources;
  Overseer overseer(watchdog, link);
  {
    const engine::Watchdog::Call call(watchdog, "open, in the process of a lane", {}, engine::Watchdog::no_cancel);
    open = engine::open(received.resolved, received.rules, log, problems);
  }
  if (open.job) {
    resources.emplace(*open.job, link, watchdog);
    overseer.mind(*open.job);
  }
  for (;;) {
    json::object message;
    const auto state = wire.receive(message, 1000ms);
    if (state == Wire::State::nothing_yet) continue;
    if (state != Wire::State::message) return;
    const plugin::Split split = engine::split_of(message.at("split").as_object());
    const engine::Attempt attempt{message.at("attempt").to_number<std::uint32_t>(), message.at("last").as_bool()};
    auto outcome =
        open.job ? engine::run_split(*resources, split, attempt, pool) : not_open(open, problems, attempt.last);
    const bool leaves = overseer.name_timeout(outcome, attempt.last);
    if (open.job) link.tell({{"tell", "facts"}, {"facts", to_json(open.job->services->take_facts())}});
    link.tell({{"outcome", to_json(outcome)}, {"leaves", leaves}, {"memory", engine::peak_memory()}});
    if (leaves) return;
  }
}

}  // namespace

std::optional<int> split_child_main(int argc, char** argv) {
  if (argc != 2 || std::strcmp(argv[1], "__splits") != 0) return {};
  install_handlers();
  Wire wire(child_wire);
  json::object first;
  if (wire.receive(first, 30s) != Wire::State::message) return EXIT_FAILURE;
  ChildLink link(wire, std::string(first.at("directory").as_string()));
  const auto received = job_of(first);
  if (!received) {
    link.tell({{"tell", "warning"}, {"text", received.error().text()}});
    return EXIT_FAILURE;
  }
  serve(wire, link, **received);
  return EXIT_SUCCESS;
}

}  // namespace sluice::launch
