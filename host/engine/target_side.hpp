// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/open_job.hpp"
#include "plugin/readback.hpp"

namespace sluice::engine {

// What a job has written as the reading side of a job: the plugin that its writer named, with the parameters that it
// gave and the writer's own connection. Without processors, and without a writer. What is wrong goes to `problems`.
ResolvedJob target_side(const ResolvedJob& job, const plugin::Readback& readback, plugin::Catalogue& catalogue,
                        job::Problems& problems);

}  // namespace sluice::engine
