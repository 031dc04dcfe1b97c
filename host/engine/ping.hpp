// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/job_services.hpp"
#include "engine/log.hpp"
#include "job/problem.hpp"
#include "plugin/extensions.hpp"
#include "plugin/parameters.hpp"

namespace sluice::engine {

// Tests a connection, outside of any job. What the plugin says about its parameters goes to `problems`, placed where
// `places` say. SLUICE_UNSUPPORTED for a plugin that has no test.
plugin::Ping ping(const plugin::Plugin&, std::shared_ptr<const plugin::Parameters>, const ParameterPlaces& places, Log&,
                  job::Problems& problems);

}  // namespace sluice::engine
