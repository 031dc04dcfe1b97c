// SPDX-License-Identifier: Apache-2.0
//
// Named connections, declared once and used by many jobs:
//
//   {"shop": {"type": "postgresql", "description": "what the shop sells",
//             "connection": {"host": "db.example.com", "database": "shop", "password": "${env:SHOP_PASSWORD}"},
//             "profiles": {"dev": {"host": "localhost"}}}}
//
// `type` names the plugin, whose option table says which fields there are; a profile's fields stand above those of
// `connection`.
#pragma once

#include <boost/json/object.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "job/document.hpp"
#include "job/option.hpp"
#include "job/problem.hpp"

namespace sluice::job {

// A file of them. Stays where it is while a data source of it is in use.
struct DataSourceFile {
  std::string path;
  std::string origin;                // why it is looked at: "beside the job"
  std::optional<Document> document;  // nothing when it is not there or cannot be read

  std::vector<std::string> names() const;
};

struct DataSource {
  std::string name;
  std::string type;
  std::string description;
  std::vector<std::string> profiles;
  boost::json::object connection;  // as written
  boost::json::object profile;     // the fields of the profile that was asked for
  std::string profile_name;        // empty: none was
  const DataSourceFile* file = nullptr;

  // "shop.connection", "shop.profiles.dev"
  std::string connection_path() const;
  std::string profile_path() const;
};

// Where to look for data sources.
struct DataSourceRules {
  std::string file;       // the only one, of --datasources or SLUICE_DATASOURCES
  std::string named_by;   // which of them
  std::string directory;  // else: of the job
  std::string profile;    // empty: none
};

// The data sources that a command can see. A name counts where it is found first. Reads a file when it is needed. Not
// thread-safe.
class DataSources {
 public:
  explicit DataSources(DataSourceRules rules) : rules_(std::move(rules)) {}

  // Nothing when there is none of that name, or when it is wrong; problems of files carry their names.
  std::optional<DataSource> find(std::string_view name, Problems& problems);
  // All names, in the order of the files.
  std::vector<std::string> names(Problems& problems);
  // Which files were looked at and what is in them, a line each.
  std::vector<std::string> searched() const;
  const std::string& profile() const { return rules_.profile; }

 private:
  void read(Problems& problems);
  std::optional<DataSource> parsed(const DataSourceFile& file, std::string_view name, Problems& problems) const;

  DataSourceRules rules_;
  std::vector<std::unique_ptr<DataSourceFile>> files_;
  bool is_read_ = false;
};

// Adds problems that belong to another file than the script.
void add_problems(const Problems& found, const std::string& file, Problems& problems);

// The fields that a data source of this plugin has: options with SLUICE_CONNECTION, none of them required and none with
// a default.
OptionTable connection_table(const OptionTable& table);

}  // namespace sluice::job
