// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "job/data_source_use.hpp"
#include "plugin/catalogue.hpp"
#include "plugin/plugin.hpp"

namespace sluice::cli {

// A data source on the command line: found, with the plugin that knows its fields.
struct NamedSource {
  job::DataSource source;
  const plugin::Plugin* plugin = nullptr;  // the reader where there is one; NULL: a problem says why
  job::OptionTable table;                  // of its connection
  job::ConnectionFields fields;

  // The fields that may be shown.
  boost::json::object shown() const;
  // What the plugin is given: fields, and the defaults of everything else. Secrets are in it.
  boost::json::object parameters() const;
};

// Nothing when there is none of that name; problems say so. Secrets are looked up by `secrets`.
std::optional<NamedSource> find_source(const std::string& name, job::DataSources&, plugin::Catalogue&, job::Secrets&,
                                       job::Problems&);

}  // namespace sluice::cli
