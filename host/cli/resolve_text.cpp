// SPDX-License-Identifier: Apache-2.0
#include "cli/resolve_text.hpp"

#include <filesystem>

namespace sluice::cli {

ReadJob resolve_text(std::string text, const std::string& name, plugin::Catalogue& catalogue, engine::Log& log,
                     const DataSourceOptions& data_sources, bool offline) {
  ReadJob read;
  read.file = name;
  auto parsed = job::parse(std::move(text), name, {}, read.problems);
  if (!parsed) return read;
  read.job = std::make_unique<job::Job>(std::move(*parsed));
  job::DataSources sources = data_sources.sources(std::filesystem::path(name).parent_path());
  engine::ResolveRules rules{.data_sources = &sources, .secrets = data_sources.secrets()};
  rules.secrets.resolve = !offline;
  read.resolved = engine::resolve(*read.job, catalogue, rules, log, read.problems);
  return read;
}

}  // namespace sluice::cli
