// SPDX-License-Identifier: Apache-2.0
//
// What `run` leaves behind for people and programs: the summary as text, and as JSON in the run's directory and where
// `--summary` wants it.
#pragma once

#include <boost/json/object.hpp>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "cli/console.hpp"
#include "cli/trouble.hpp"
#include "engine/stored_run.hpp"
#include "engine/summary.hpp"
#include "job/problem.hpp"

namespace sluice::cli {

class RunReport {
 public:
  // `file`: of `--summary`; "-" is the output, empty is none.
  RunReport(std::string file, Console& console) : file_(std::move(file)), console_(console) {}

  // Before the run: is there a place for the file?
  std::optional<Trouble> trouble() const;

  // A job that did not start. Answers with the exit code.
  int refused(const std::string& job, const job::Problems&, int code);
  // A run that ended, well or not. `problems` are the warnings from before it. Answers with the exit code.
  // The sequel of a run that went well (a verification) comes before its summary is published as JSON.
  struct Sequel {
    std::string text;          // for people
    boost::json::object json;  // "verification" of the summary
    int code = 0;              // the exit code, now
  };
  int finished(engine::Summary summary, const job::Problems& problems, const std::filesystem::path& directory,
               const std::function<Sequel()>& sequel = {});
  // A run that had ended before: nothing was done, but for the sequel. Answers with the exit code.
  int done_already(const engine::StoredRun&, const std::function<Sequel()>& sequel = {});
  // There is nothing to be done, and that is well.
  void nothing_to_do(const std::string& why) { show(why + "\n"); }

 private:
  bool to_output() const { return file_ == "-"; }
  void warn_of_loss(const std::string& why);
  void keep(const std::filesystem::path& directory, const std::string& text);
  bool publish(const std::string& json);
  int conclude(boost::json::object summary, int code, const std::filesystem::path& directory,
               const std::function<Sequel()>& sequel);
  void show(const std::string& text);

  std::string file_;
  Console& console_;
};

// The summary of a job that did not start: the same keys, status "problems" (or "failed-for-now"), and `problems`.
boost::json::object refusal_json(const std::string& job, const job::Problems&, int code);

}  // namespace sluice::cli
