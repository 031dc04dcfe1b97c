// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/counters.hpp"

namespace sluice::engine {

enum class RunStatus { succeeded, failed, failed_for_now, limit_exceeded, stopped };

std::string_view to_string(RunStatus);

// Exit codes that scripts can trust.
namespace exit_code {
inline constexpr int done = 0;
inline constexpr int failed = 1;           // for good
inline constexpr int wrong_use = 2;        // or a job with problems
inline constexpr int limit_exceeded = 3;   // more dirty records than the job allows
inline constexpr int failed_for_now = 75;  // a later try may help
inline constexpr int interrupted = 130;    // SIGINT
inline constexpr int terminated = 143;     // SIGTERM
}  // namespace exit_code

// Of a run that ended so; `signal`: the one that stopped it.
int exit_code_of(RunStatus, int signal);

// Dirty records of one kind, with the first one as an example. Holds no record values but those in its message: show
// that as fixed_text().
struct DirtyKind {
  std::string step;
  std::string column;
  std::string code;
  std::string message;
  std::string location;
  std::uint64_t count = 0;
};

struct RunError {
  std::string message;
  std::string split;  // label; empty when no split was involved
};

// All that a run has to tell at its end. A plain value.
struct Summary {
  std::string run;
  std::string job;
  RunStatus status = RunStatus::failed;
  int exit_code = exit_code::failed;
  std::chrono::system_clock::time_point started, finished;
  double elapsed_seconds = 0;  // preparation and completion included

  std::uint32_t lanes_asked = 1;
  std::uint32_t lanes = 1;
  std::string lanes_reason;  // why fewer than asked; empty when as many
  std::uint64_t splits = 0;
  std::uint64_t splits_done = 0;
  std::uint64_t retries = 0;

  Counters counters;
  Counters earlier;                // those of them that are from before this process went on with the run
  double reader_wait_seconds = 0;  // of all lanes: the writer's side waited for records
  double writer_wait_seconds = 0;  // of all lanes: the reader's side waited for the writer
  double throttle_wait_seconds = 0;
  std::uint64_t peak_memory_bytes = 0;  // of the process, and of those that ran its splits

  std::string delivery;         // "exactly-once", "at-least-once"
  std::string delivery_reason;  // why not a better one
  std::string consistent;       // "yes", "no", "lost", "" when the reader does not say

  std::vector<std::pair<std::string, std::string>> notes;
  std::vector<std::string> warnings;
  std::vector<DirtyKind> dirty_kinds;  // the most frequent first
  std::string dirty_file;              // empty when there are none
  std::optional<RunError> error;
  // A plugin's call did not return although it was cancelled: its thread is still in there. The caller must leave the
  // process without destroying the job (std::_Exit).
  bool abandoned = false;
};

// What `--summary` writes. No record values.
boost::json::object to_json(const Summary&);

// "2025-11-01T02:30:45.120Z"
std::string utc_text(std::chrono::system_clock::time_point);

}  // namespace sluice::engine
