// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>

#include "engine/counters.hpp"
#include "plugin/failure.hpp"

namespace sluice::engine {

// What the journal knows of one split.
struct SplitHistory {
  enum class State { open, in_doubt, committed };  // in doubt: a commit was under way when the journal ends
  State state = State::open;
  std::uint32_t attempt = 0;  // the last one that reached its commit
  std::string token;          // by which the writer finds that commit
  Counters counters;          // of that attempt
  bool exactly_once = true;   // the writer promised to find that commit
};

// How far a run came, by its journal.
struct History {
  bool preparing = false;
  bool prepared = false;
  bool completing = false;
  bool completed = false;
  bool abandoned = false;                      // a later run of the job took its place: it must not go on
  bool cleaned = false;                        // nothing of it is left in the destination but its records
  std::map<std::string, SplitHistory> splits;  // by key; those that are not here were never committed

  bool is_committed(const std::string& split) const;
  bool has_commits() const { return splits_done() > 0; }
  std::size_t splits_done() const;
  // Something of it may be in the destination.
  bool may_have_written() const;
  // The last attempt at a split that reached its commit; 0: none did.
  std::uint32_t attempts_at(const std::string& split) const;
  Counters committed() const;
  // As a summary has them: of splits that are not committed the dirty records alone. `dirty`: lines of the dirty file.
  Counters sums(std::uint64_t dirty) const;
};

// The run's journal, `journal.jsonl`: one line for every step that must not be forgotten, durable before the next
// thing happens. Any thread.
class Journal {
 public:
  explicit Journal(std::filesystem::path directory);

  plugin::Result<void> preparing() { return phase("preparing"); }
  plugin::Result<void> prepared() { return phase("prepared"); }
  plugin::Result<void> committing(const std::string& split, std::uint32_t attempt, const std::string& token,
                                  const Counters& counters, bool exactly_once);
  plugin::Result<void> committed(const std::string& split, std::uint32_t attempt);
  // The commit did not happen.
  plugin::Result<void> rolled_back(const std::string& split, std::uint32_t attempt);
  plugin::Result<void> completing() { return phase("completing"); }
  plugin::Result<void> completed() { return phase("completed"); }
  plugin::Result<void> abandoned() { return phase("abandoned"); }
  plugin::Result<void> cleaned() { return phase("cleaned"); }

  // A last line that a crash cut short does not count; any other line that cannot be read is a failure.
  static plugin::Result<History> read(const std::filesystem::path& directory);
  // What the last whole line says: "completed", "committed"...; "" when it cannot be told. Reads the end of the file
  // only: a run with many splits has thousands of lines.
  static std::string last_event(const std::filesystem::path& directory);
  // Removes such a last line, so that the next one does not stand behind it.
  static plugin::Result<void> mend(const std::filesystem::path& directory);

 private:
  plugin::Result<void> phase(std::string_view name);
  plugin::Result<void> append(const boost::json::object& line);

  const std::filesystem::path file_;
  std::mutex mutex_;
};

boost::json::object to_json(const Counters&);
Counters counters_from_json(const boost::json::object&);

}  // namespace sluice::engine
