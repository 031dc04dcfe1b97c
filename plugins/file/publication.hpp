// SPDX-License-Identifier: Apache-2.0
// Makes a run's files visible. What is to be done is decided once and written down durably (`.sluice-RUN+publish`);
// then it is done, one rename after the other. Whoever finds it written down can finish it, as often as need be:
// a file aside that is gone was renamed already.
#pragma once

#include <string>
#include <vector>

#include "descriptor.hpp"
#include "staging.hpp"
#include "write_settings.hpp"

namespace sluice::file {

class Publication {
 public:
  Publication(const WriteSettings& settings, const Staging& staging, std::string header)
      : settings_(settings), staging_(staging), header_(std::move(header)) {}

  // Whether it was decided upon, by this process or one before.
  bool has_begun() const;
  // Decides, unless that was done, and does it. Idempotent until the run's files are cleared: when it is known to be
  // complete elsewhere.
  void publish();

  // Names of files in the directory that the run will remove or replace.
  static std::vector<std::string> replaced_files(const WriteSettings& settings);

 private:
  struct Step {
    enum class Action { rename, remove, create } action;
    std::string from;  // a name in the directory; empty for create
    std::string to;    // a name (rename), or a path (create)
  };
  std::vector<Step> decide();
  void name_many(const std::vector<Commit>& commits, std::vector<Step>& steps);
  void name_single(const std::vector<Commit>& commits, std::vector<Step>& steps);
  void join(const std::vector<Commit>& commits, const std::string& name);
  void append_old(const std::string& old, const Descriptor& file, const std::string& path) const;
  void write_header(const Descriptor& file, const std::string& path) const;
  void write_empty(const std::string& name) const;
  std::string final_name(const Commit& commit, std::size_t part) const;
  void carry_out(const std::vector<Step>& steps);

  std::string record_name() const { return staging_.prefix() + "publish"; }
  static std::string serialize(const std::vector<Step>& steps);
  static std::vector<Step> parse(const std::string& content);

  const WriteSettings& settings_;
  const Staging& staging_;
  const std::string header_;
};

}  // namespace sluice::file
