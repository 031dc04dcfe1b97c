// SPDX-License-Identifier: Apache-2.0
#include "cli/data_source_options.hpp"

#include <boost/program_options/value_semantic.hpp>
#include <cstdlib>

namespace sluice::cli {
namespace {

namespace po = boost::program_options;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

void DataSourceOptions::add_to(Arguments& arguments) {
  arguments.add()("datasources", po::value(&file_)->value_name("FILE"),
                  "the file of named connections (else SLUICE_DATASOURCES, else datasources.json beside the job, then "
                  "in $XDG_CONFIG_HOME/sluice)")(
      "profile", po::value(&profile_)->value_name("NAME"),
      "which profile of the data sources counts, such as dev or prod (else SLUICE_PROFILE)")(
      "allow-command-secrets", po::bool_switch(&allow_commands_), "execute the commands of secrets: ${command:...}");
}

job::DataSources DataSourceOptions::sources(const std::string& directory) const {
  job::DataSourceRules rules{.file = file_, .named_by = "--datasources", .directory = directory, .profile = profile_};
  if (rules.file.empty()) {
    rules.file = variable("SLUICE_DATASOURCES");
    rules.named_by = "SLUICE_DATASOURCES";
  }
  if (rules.profile.empty()) rules.profile = variable("SLUICE_PROFILE");
  return job::DataSources(std::move(rules));
}

}  // namespace sluice::cli
