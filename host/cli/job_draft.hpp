// SPDX-License-Identifier: Apache-2.0
//
// A job script that is being made: what is set in it, for which plugins.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "plugin/plugin.hpp"

namespace sluice::cli {

struct StepDraft {
  const plugin::Plugin* plugin = nullptr;
  std::string name;                  // "Reader"
  boost::json::object parameter;     // what is set
  std::vector<std::string> remarks;  // lines above the parameters
  std::vector<std::string> types;    // and those of a table of types
  std::vector<std::string> named;    // the columns, where they are nobody's own choice but names of what is read

  const job::OptionTable& options() const { return plugin->options; }
  // By one of its names.
  bool sets(const job::Option&) const;
};

struct JobDraft {
  StepDraft reader, writer;
  boost::json::object setting;

  // As a script without comments.
  boost::json::object script() const;
  // As a script to work on: descriptions as comments, parameters that are not set as comments, too.
  std::string text() const;
};

// What a parameter could be: its example, its default, else something of its type. Null where nothing can be said.
boost::json::value proposed_value(const job::Option&);

}  // namespace sluice::cli
