// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace sluice::engine {

// A named place at which tests let the process die: with SLUICE_CRASH_POINT=NAME:N in the environment the N-th pass
// (1 when not said) ends in SIGKILL, as a power cut would. Costs one look at a flag otherwise. Any thread.
void crash_point(std::string_view name);

}  // namespace sluice::engine
