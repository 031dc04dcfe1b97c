// SPDX-License-Identifier: Apache-2.0
//
// Turns scripts of other shapes - DataX (job.content[]) and version 1.0 (configuration) - into ours. What cannot be
// carried over is said, as a warning at its place in the old script; nothing that would change the data is dropped:
// a transformer becomes a processor step of its own name, which `check` will refuse when there is no such plugin.
#pragma once

#include <boost/json/object.hpp>
#include <optional>

#include "job/document.hpp"
#include "job/problem.hpp"

namespace sluice::job {

// Nothing when the script is of neither shape; `notes` then says so. Parameters whose names no plugin knows are kept:
// lint the steps of the result to find them.
std::optional<boost::json::object> convert(const Document& old, Problems& notes);

}  // namespace sluice::job
