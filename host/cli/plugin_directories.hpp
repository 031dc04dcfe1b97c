// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "plugin/catalogue.hpp"

namespace sluice::cli {

// The option `--plugin-dir`, for every command that looks for plugins.
class PluginDirectories {
 public:
  void add_to(Arguments&);
  // What is wrong with it; empty when nothing is. This and the next after the arguments were parsed.
  std::string problem() const;
  plugin::Catalogue catalogue() const;

 private:
  std::vector<std::string> given_;
};

// Why nothing was found: which directories were looked into. A line each, for "no plugin at all".
std::string searched_text(const plugin::Catalogue&);

}  // namespace sluice::cli
