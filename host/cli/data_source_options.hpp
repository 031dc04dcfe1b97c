// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/arguments.hpp"
#include "job/data_source.hpp"
#include "job/secret.hpp"

namespace sluice::cli {

// The options about data sources and secrets, for every command that may connect.
class DataSourceOptions {
 public:
  void add_to(Arguments&);
  // After the arguments were parsed. An empty directory is the working one.
  job::DataSources sources(const std::string& directory) const;
  job::SecretRules secrets() const { return {.resolve = true, .allow_commands = allow_commands_}; }

 private:
  std::string file_, profile_;
  bool allow_commands_ = false;
};

}  // namespace sluice::cli
