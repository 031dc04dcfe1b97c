// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "engine/durable_file.hpp"
#include "engine/journal.hpp"
#include "engine/summary.hpp"
#include "plugin/failure.hpp"
#include "record/batch.hpp"
#include "record/schema.hpp"

namespace sluice::engine {

// One dirty record: who refused it and why, and the record itself. A view; lives for the call.
struct DirtyRecord {
  std::string_view step;
  std::string_view stage;  // "reader", "processor", "cast", "writer"
  std::string_view split;
  std::uint32_t attempt = 1;
  std::string_view column;
  std::int64_t column_index = -1;  // in the record; -1: the record as a whole
  std::string_view code;
  std::string_view sqlstate;
  std::string_view message;
  std::string_view location;
  std::string_view raw;  // text that never became a record
  const record::Batch* batch = nullptr;
  const record::Schema* schema = nullptr;
  std::int64_t row = -1;
};

// Adds text that never became a record: "raw" for people, and all its bytes as "raw_base64" when they are no UTF-8 or so
// many that "raw" is cut.
void put_raw(boost::json::object& line, std::string_view raw);

// The dirty records of one attempt at a split. They reach the run's dirty file only when the attempt counts. Any
// thread.
class DirtyAttempt {
 public:
  DirtyAttempt(std::uint64_t id, std::filesystem::path part) : id_(id), part_(std::move(part)) {}
  DirtyAttempt(const DirtyAttempt&) = delete;
  DirtyAttempt& operator=(const DirtyAttempt&) = delete;
  ~DirtyAttempt();

  void add(const DirtyRecord&);
  std::uint64_t count() const;
  // For an attempt in another process: all lines in one file, and an attempt made of such a file (which it owns then).
  plugin::Result<std::filesystem::path> to_part();
  void adopt(const std::filesystem::path& part);
  // Why a record could not be kept (a full disk), once that has happened.
  std::optional<plugin::Failure> failure() const;

 private:
  friend class DirtyFile;
  using KindKey = std::tuple<std::string, std::string, std::string>;  // step, column, code

  void spill();

  const std::uint64_t id_;
  std::filesystem::path part_;  // lines beyond what is kept in memory
  mutable std::mutex mutex_;
  std::string lines_;
  bool spilled_ = false;
  std::uint64_t count_ = 0;
  std::map<KindKey, DirtyKind> kinds_;
  std::optional<plugin::Failure> failure_;
};

// What is in a run's dirty file, as it is.
struct DirtyLines {
  std::uint64_t count = 0;
  std::vector<DirtyKind> kinds;  // the most frequent first
};
DirtyLines read_dirty_lines(const std::filesystem::path& directory);

// Removes the parts of attempts whose process has died: files `BEGIN...part`.
void remove_parts(const std::filesystem::path& directory, std::string_view begin);

// `dirty.jsonl` of a run: one line for every dirty record that counts, mode 0600. Any thread.
class DirtyFile {
 public:
  // Of an earlier process of the run, the lines of committed splits stay; the others will come again.
  explicit DirtyFile(std::filesystem::path directory, const History& history = {});

  std::unique_ptr<DirtyAttempt> attempt();
  // Appends the attempt's lines and makes them durable; before its commit.
  plugin::Result<void> keep(DirtyAttempt&);
  // Takes the lines that keep() appended away again: the commit did not happen.
  plugin::Result<void> drop(const DirtyAttempt&);

  // The most frequent first.
  std::vector<DirtyKind> kinds() const;
  // Empty when no line was ever kept.
  std::string path() const;
  // Why the lines of an earlier process could not be put in order: the run must not go on.
  const std::optional<plugin::Failure>& failure() const { return failure_; }

 private:
  plugin::Result<void> restore(const History& history);

  const std::filesystem::path directory_;
  const std::filesystem::path file_;
  mutable std::mutex mutex_;
  std::uint64_t next_id_ = 0;
  std::map<std::uint64_t, FileRange> kept_;  // by attempt
  std::map<DirtyAttempt::KindKey, DirtyKind> kinds_;
  std::optional<plugin::Failure> failure_;
};

}  // namespace sluice::engine
