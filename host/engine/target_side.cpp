// SPDX-License-Identifier: Apache-2.0
#include "engine/target_side.hpp"

#include <utility>

namespace sluice::engine {
namespace {

// Both plugins know the same connection by the same names. Secrets go over as they are.
void connect_as(const ResolvedStep& writer, const job::OptionTable& reader_options, boost::json::object& parameters) {
  for (const job::Option& option : reader_options.options()) {
    const job::Option* same = writer.plugin->options.find(option.name);
    if (same == nullptr || !option.has(SLUICE_CONNECTION) || !same->has(SLUICE_CONNECTION)) continue;
    parameters.erase(option.name);
    if (const auto* value = writer.parameters->object().if_contains(same->name)) parameters[option.name] = *value;
  }
}

}  // namespace

ResolvedJob target_side(const ResolvedJob& job, const plugin::Readback& readback, plugin::Catalogue& catalogue,
                        job::Problems& problems) {
  const job::Step& step = *job.writer.step;
  ResolvedJob side;
  side.job = job.job;
  side.writer.step = side.reader.step = &step;
  const auto found = catalogue.find(plugin::Kind::reader, readback.reader);
  if (!found) {
    job::report_value(job.job->document, problems, job::Severity::error, step.path(), found.error().message,
                      found.error().advice);
    return side;
  }
  side.reader.plugin = *found;
  job::Lint lint(job.job->document, problems, {.require = false});
  auto parameters = lint.object(readback.parameters, (*found)->options, step.parameter_path());
  connect_as(job.writer, (*found)->options, parameters);
  side.reader.shown = job::redacted(parameters, (*found)->options);
  side.reader.parameters = std::make_shared<plugin::Parameters>(std::move(parameters));
  return side;
}

}  // namespace sluice::engine
