// SPDX-License-Identifier: Apache-2.0
#include "engine/ping.hpp"

#include "plugin/context.hpp"

namespace sluice::engine {

plugin::Ping ping(const plugin::Plugin& plugin, std::shared_ptr<const plugin::Parameters> parameters,
                  const ParameterPlaces& places, Log& log, job::Problems& problems) {
  const job::Job nobody{};
  const job::Step step{.name = plugin.name, .step_type = plugin.name};
  JobServices job(nobody.setting, log);
  StepServices services(job, nobody, step, &places);
  services.collect_problems(&problems);
  const plugin::Context context(services, {.step = plugin.name, .flags = SLUICE_CHECK_ONLY}, std::move(parameters));
  return plugin::ping(plugin, context.raw());
}

}  // namespace sluice::engine
