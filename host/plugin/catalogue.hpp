// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/system/result.hpp>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/load.hpp"
#include "plugin/probe.hpp"
#include "plugin/search_directory.hpp"

namespace sluice::plugin {

// A plugin that was found, or one that is hidden behind another of its name.
struct Entry {
  std::filesystem::path file;
  Declared plugin;
  std::filesystem::path shadowed_by;  // empty: this is the one that jobs get
};

struct RefusedFile {
  std::filesystem::path file;
  std::string reason;
};

struct Listing {
  std::vector<Entry> entries;  // in the order of the search
  std::vector<RefusedFile> refused;
};

// A stepType that no plugin answers to.
struct Missing {
  std::string message;               // "no reader \"mysqll\" was found", and why when a file of that name was refused
  std::string advice;                // "did you mean \"mysql\"?", or a way that the product has; may be empty
  std::vector<std::string> details;  // a line for every directory: what was there, which files were refused and why
};

[[noreturn]] void throw_exception_from_error(const Missing&, const boost::source_location&);

// What lies in the search directories. A file is opened only when it is needed, and never in this process before a
// child has loaded it without harm; what a child learnt is kept for this object's life. The first directory that has
// a name wins; in a directory, the file that carries the name does. Not thread-safe.
class Catalogue {
 public:
  explicit Catalogue(std::vector<SearchDirectory> directories, ProbeSettings settings = {});

  // The plugin for a step, loaded. Opens the file called like the step type first (sqlite.so) and the others only
  // when that one does not answer to it.
  boost::system::result<const Plugin*, Missing> find(Kind kind, std::string_view step_type);

  // What find() will open first for these, some at a time instead of one after the other.
  void look_ahead(std::span<const std::string> step_types);

  // Everything that there is.
  Listing listing();

  const std::vector<SearchDirectory>& directories() const { return directories_; }

 private:
  // Who answers to a name: a file and what it declared.
  struct Answer {
    const std::filesystem::path* file;
    const Declared* plugin;
  };

  // Opens only as many files as it takes.
  std::optional<Answer> winner(Kind kind, std::string_view step_type);
  std::optional<Answer> answer_among(std::span<const std::filesystem::path> files, Kind, std::string_view step_type);
  void probe_unknown(std::span<const std::filesystem::path> files);
  void refuse(const std::filesystem::path& file, std::string reason);
  Missing missing(Kind, std::string_view step_type);
  std::string advice(Kind, std::string_view step_type) const;

  std::vector<SearchDirectory> directories_;
  std::vector<std::vector<std::filesystem::path>> files_;  // of each directory, sorted
  ProbeSettings settings_;
  std::map<std::filesystem::path, Probed> probed_;
};

}  // namespace sluice::plugin
