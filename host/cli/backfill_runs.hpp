// SPDX-License-Identifier: Apache-2.0
//
// The runs of a backfill: one a business date, each a process of its own.
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "cli/console.hpp"
#include "cli/run_child.hpp"

namespace sluice::cli {

struct BackfillRun {
  std::string date;                            // "20251031"
  std::string id;                              // of the run
  std::optional<int> exit_code;                // nothing: it was not started
  bool is_old = false;                         // it was done before
  std::optional<boost::json::object> summary;  // nothing when the run did not come that far
  std::string error;                           // the last line that it said, when it failed without a summary

  // "succeeded", "already done", "not started" ...
  std::string status() const;
  // Why it failed; empty when it did not.
  std::string failure() const;
};

struct BackfillRules {
  std::filesystem::path state;
  std::size_t parallel = 1;
  bool keep_going = false;
  std::function<std::vector<std::string>(const BackfillRun&)> arguments;  // of the process
};

class BackfillRuns {
 public:
  BackfillRuns(std::vector<BackfillRun> runs, BackfillRules rules, Console& console)
      : runs_(std::move(runs)), rules_(std::move(rules)), console_(console) {}

  // Runs them in the order of their dates, several at a time. Signals go to all of them; then none is started any
  // more. Answers with the exit code of the whole.
  int execute();
  const std::vector<BackfillRun>& runs() const { return runs_; }

 private:
  void work();
  // The next one that is to be started; NULL when there is none.
  BackfillRun* take();
  void run(BackfillRun& run);
  void finish(BackfillRun& run, int exit_code, std::string last_line, const std::string& started);
  void stop(int signal);
  void show_progress();
  int exit_code() const;

  std::vector<BackfillRun> runs_;
  const BackfillRules rules_;
  Console& console_;
  std::mutex mutex_;  // of all that follows, and of what runs_ learns
  std::size_t next_ = 0;
  std::size_t finished_ = 0;
  bool failed_ = false;
  int signal_ = 0;
  std::vector<RunChild*> children_;
};

// What `parallel` runs may be at most.
inline constexpr std::size_t most_parallel_runs = 64;

}  // namespace sluice::cli
