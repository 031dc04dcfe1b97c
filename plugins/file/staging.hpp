// SPDX-License-Identifier: Apache-2.0
// Files aside: what a run has written and nobody may see yet. Everything is in the target's directory, under hidden
// names that hold the run's id:
//
//   .sluice-RUN+SPLIT-RANDOM.1     a part, written by one attempt at one split
//   .sluice-RUN+SPLIT.committed    names the parts of the attempt that was committed: its rename is the commit
//
// SPLIT is a hash of the split's key. No run's id holds a plus sign, so no run's names begin like another's. Any
// thread; several processes may work on one run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sluice/plugin.h"

namespace sluice::file {

// 16 hexadecimal digits, the same in every process.
std::string hash_of(std::string_view key);

struct Part {
  std::string name;  // in the directory
  std::uint64_t bytes = 0;
};

// What is kept of a committed split.
struct Commit {
  std::string key;
  std::vector<Part> parts;
  SluiceCounters counters{};
};

class Staging {
 public:
  Staging(std::string directory, std::string_view run_id);

  const std::string& directory() const { return directory_; }
  std::string path_of(const std::string& name) const { return directory_ + "/" + name; }
  // What the names of all files of the run begin with.
  const std::string& prefix() const { return prefix_; }
  // A name for the parts of one attempt, to which their numbers are added.
  std::string part_name(std::string_view key) const;

  // Makes the commit durable; takes the place of an earlier one of the same split.
  void commit(const Commit& commit) const;
  // Nothing when the split was not committed, or when its parts are not there as they were written.
  std::optional<Commit> find(std::string_view key) const;
  // All commits, in the order of their keys, numbers in them by value.
  std::vector<Commit> all() const;
  // Names of all files of the run.
  std::vector<std::string> files() const;
  // Removes them.
  void clear() const;

 private:
  std::string marker_name(std::string_view key) const { return prefix_ + hash_of(key) + ".committed"; }
  bool is_whole(const Commit& commit) const;

  std::string directory_;
  std::string prefix_;
};

// Whether `a` comes before `b`: digits are compared as numbers.
bool in_natural_order(std::string_view a, std::string_view b);

// The whole content of a small file, and back: durably, under its name at once.
std::string read_whole(const std::string& path);
void write_whole(const std::string& directory, const std::string& name, std::string_view content);

// The names in a directory, sorted.
std::vector<std::string> names_in(const std::string& directory);

}  // namespace sluice::file
