// SPDX-License-Identifier: Apache-2.0
//
// What a step takes from data sources: `datasource` is a name, or the fields themselves, in its parameters and in the
// elements of its `connection`. Its own values stand above them.
//
//   DataSourceUse use(step, table, {"postgresql"}, origin, rules, problems);
//   values = Lint(document, problems, rules.lint).object(use.parameter(), use.table(), step.parameter_path());
//   use.fill(values, true);
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "job/data_source.hpp"
#include "job/lint.hpp"
#include "job/secret.hpp"
#include "job/step.hpp"

namespace sluice::job {

// Fields of a connection, checked.
struct ConnectionFields {
  boost::json::object values;                                      // with the secrets in place
  boost::json::object references;                                  // with what refers to them
  std::vector<std::string> wrong;                                  // a problem says why; they are not missing
  std::map<std::string, std::pair<std::string, Position>> places;  // by field: path and position in the file
  std::string file;                                                // empty: the script
};

struct ConnectionRules {
  LintRules lint;
  DataSources* sources = nullptr;
  Secrets* secrets = nullptr;
};

// Reads the fields of a data source for a plugin with this table.
ConnectionFields connection_fields(const DataSource& source, const OptionTable& table, const ConnectionRules& rules,
                                   Problems& problems);

class DataSourceUse {
 public:
  // `stores` are the names that the plugin answers to.
  DataSourceUse(const Step& step, const OptionTable& table, std::vector<std::string> stores, const Origin& origin,
                const ConnectionRules& rules, Problems& problems);

  // What is left to be checked: no `datasource`.
  const boost::json::object& parameter() const { return parameter_; }
  // What a data source says is neither missing nor has a default.
  OptionTable table() const;
  // Puts the fields beside the step's own values, which were checked.
  void fill(boost::json::object& values, bool secrets_in_place) const;
  // Where a parameter's value comes from when that is another file: "host", "connection[0].host".
  struct Place {
    std::string file;
    std::string path;
    Position position;
  };
  using Places = std::map<std::string, Place>;
  Places places() const;

 private:
  std::optional<ConnectionFields> take(boost::json::object& object, const std::string& path, Problems& problems);
  std::optional<ConnectionFields> named(const std::string& name, const std::string& path, Problems& problems);
  void report_unknown(const std::string& name, const std::string& path, Problems& problems);

  const OptionTable& table_;
  std::vector<std::string> stores_;
  const Origin& origin_;
  const ConnectionRules& rules_;
  boost::json::object parameter_;
  std::optional<ConnectionFields> fields_;
  std::map<std::size_t, ConnectionFields> elements_;  // of `connection`
};

// Of one connection; `prefix` is where its fields stand inside of `parameter`.
DataSourceUse::Places places_of(const ConnectionFields& fields, const std::string& prefix = {});

}  // namespace sluice::job
