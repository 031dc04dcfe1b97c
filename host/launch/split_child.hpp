// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

namespace sluice::launch {

// A child process's main, called before anything else: answers with the exit code when the arguments ask for it
// ("__splits"), with nothing otherwise. Opens the job that the run sends, then runs the splits that it sends, until
// the run hangs up.
std::optional<int> split_child_main(int argc, char** argv);

}  // namespace sluice::launch
