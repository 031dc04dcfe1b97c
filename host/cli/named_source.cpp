// SPDX-License-Identifier: Apache-2.0
#include "cli/named_source.hpp"

#include "job/path.hpp"
#include "job/suggest.hpp"

namespace sluice::cli {
namespace {

// The plugin of that name; the reader before the writer.
const plugin::Plugin* find_plugin(const job::DataSource& source, plugin::Catalogue& catalogue,
                                  job::Problems& problems) {
  const auto reader = catalogue.find(plugin::Kind::reader, source.type);
  if (reader) return *reader;
  const auto writer = catalogue.find(plugin::Kind::writer, source.type);
  if (writer) return *writer;
  const std::string path = job::join_path(job::join_path("", source.name), "type");
  problems.add({.path = path,
                .position = source.file->document->value_position(path),
                .text = reader.error().message,
                .advice = reader.error().advice,
                .source = source.file->path,
                .details = reader.error().details});
  return nullptr;
}

}  // namespace

boost::json::object NamedSource::shown() const { return job::redacted(fields.references, table); }

boost::json::object NamedSource::parameters() const {
  boost::json::object all;
  for (const job::Option& option : plugin->options.options())
    if (option.default_value) all[option.name] = *option.default_value;
  for (const auto& member : fields.values) all[member.key()] = member.value();
  return all;
}

std::optional<NamedSource> find_source(const std::string& name, job::DataSources& sources, plugin::Catalogue& catalogue,
                                       job::Secrets& secrets, job::Problems& problems) {
  const std::size_t errors = problems.errors();
  auto source = sources.find(name, problems);
  if (!source) {
    if (problems.errors() != errors) return {};
    job::Problems known;
    problems.add({.text = "no such data source: " + name,
                  .advice = job::did_you_mean(name, sources.names(known)),
                  .details = sources.searched()});
    return {};
  }
  NamedSource result{std::move(*source), nullptr, {}, {}};
  result.plugin = find_plugin(result.source, catalogue, problems);
  if (result.plugin == nullptr) return result;
  result.table = job::connection_table(result.plugin->options);
  result.fields = job::connection_fields(result.source, result.table, {{}, &sources, &secrets}, problems);
  return result;
}

}  // namespace sluice::cli
