// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>
#include <string>

namespace sluice::engine {

// A line of a run's dirty file, read back.
struct DeadLetter {
  std::string text;  // the line, without its end
  boost::json::object line;

  // A text of the line by its key ("step", "code", "message"); empty when there is none.
  std::string at(const char* key) const;
  // The refused record, {"column": value, ...}; NULL for text that never became one.
  const boost::json::object* record() const;
};

// The dirty records that a run has written down, one after the other, as DirtyFile keeps them. A last line that a
// crash cut short does not count; neither does a file that is not there.
//
//   DeadLetters letters(run.directory);
//   while (auto letter = letters.next()) ...
//
// One thread.
class DeadLetters {
 public:
  // Those whose lines begin in [begin, end) of the file.
  explicit DeadLetters(const std::filesystem::path& directory, std::uint64_t begin = 0,
                       std::uint64_t end = std::numeric_limits<std::uint64_t>::max());

  std::optional<DeadLetter> next();
  // Where the next line begins.
  std::uint64_t offset() const { return offset_; }
  // A line in the middle that cannot be read; next() skips such lines.
  std::uint64_t broken() const { return broken_; }

  static std::filesystem::path file(const std::filesystem::path& directory) { return directory / "dirty.jsonl"; }
  // How many there are; reads no more than their ends.
  static std::uint64_t count(const std::filesystem::path& directory);

 private:
  std::ifstream file_;
  std::uint64_t offset_ = 0;
  const std::uint64_t end_;
  std::uint64_t broken_ = 0;
};

}  // namespace sluice::engine
