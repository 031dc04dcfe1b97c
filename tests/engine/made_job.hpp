// SPDX-License-Identifier: Apache-2.0
// A whole job inside a test: a reader and a writer written with the SDK, run by the real engine.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "engine/run.hpp"
#include "scratch_directory.hpp"

// What the made plugins do and what they saw. One job at a time.
struct Made {
  // The reader: `splits` splits of `records` int64 values each, all different.
  std::uint64_t splits = 4;
  std::uint64_t records = 1000;
  std::uint64_t batch = 100;
  std::int64_t planned_bytes = -1;    // of a split
  std::size_t text_bytes = 0;         // of a second column
  bool nulls = false;                 // nothing but NULLs of no type, instead
  std::set<std::int64_t> unreadable;  // values that the reader refuses
  bool all_unreadable = false;
  std::function<void(std::uint64_t split, std::uint32_t attempt, std::uint64_t at)> on_read;
  std::uint64_t reader_reserves = 0, writer_reserves = 0;  // bytes, each task
  bool stable = true;
  std::string fingerprint;

  // The writer.
  std::uint32_t max_tasks = 0;
  bool hold_until_flush = false;
  std::set<std::int64_t> refused;  // values that the writer refuses
  std::uint64_t skip_each = 0;     // every so-many-th record is skipped
  std::uint64_t lie = 0;           // records that it counts as skipped without reason
  std::function<void(std::uint32_t attempt)> on_write, on_commit;
  std::function<void(bool resume)> on_prepare;
  std::function<void()> on_describe;
  std::function<void()> on_complete, on_ask, on_forget;
  bool doubles = false;
  std::int32_t committed_answer = SLUICE_COMMITTED_UNKNOWN;

  // Seen:
  std::mutex mutex;
  std::multiset<std::int64_t> committed;
  std::vector<std::int64_t> first_values;  // of each commit, in turn
  std::vector<std::string> forgotten;      // runs
  std::atomic<std::size_t> most_held{0};  // batches, of a task
  std::atomic<int> readers{0}, most_readers{0}, tasks{0}, most_tasks{0}, aborts{0}, commits{0}, prepared{0},
      completed{0};
};

extern Made* made;

// A job of the made plugins with this `setting` (JSON), open, or with the problems that it has.
struct OpenedJob {
  OpenedJob(Made& plugins, const std::string& setting, sluice::engine::OpenRules rules);

  std::unique_ptr<sluice::engine::Log> log;
  sluice::job::Problems problems;
  std::unique_ptr<sluice::job::Job> script;
  sluice::engine::ResolvedJob resolved;
  sluice::engine::OpenOutcome outcome;
};

// Runs a job of the made plugins with this `setting` (JSON), in a run directory of its own.
struct RanJob {
  RanJob(Made& plugins, const std::string& setting);
  // Goes on with it.
  void resume(const std::string& setting);
  std::vector<std::string> dirty_lines() const;

  sluice::engine::Summary summary;
  std::uint64_t peak_budget = 0;
  ScratchDirectory directory;

 private:
  void run(const std::string& setting, bool resume);
};
