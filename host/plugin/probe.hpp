// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/system/result.hpp>
#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "plugin/declared.hpp"
#include "plugin/inspect.hpp"

namespace sluice::plugin {

// What a file says about its plugins, learnt without loading it into this process.
using Probed = boost::system::result<std::vector<Declared>, Refusal>;

// This program's file, by name where it still stands there: under valgrind /proc/self/exe is valgrind.
std::filesystem::path own_program();

struct ProbeSettings {
  std::filesystem::path program = own_program();  // one whose main calls probe_main first
  std::chrono::milliseconds limit{5000};
};

// Loads each file in a child process of its own, a few at a time, and answers in the order of the files. A crash, a
// hang, an exit, an exception in a static initialiser is a reason. Nothing that a file prints reaches the terminal.
// Not from several threads at once.
std::vector<Probed> probe(std::span<const std::filesystem::path> files, const ProbeSettings& = {});

// The child's side: main calls it before anything else. Answers with the exit code when the arguments ask for a
// probe ("__probe FILE"), with nothing otherwise.
std::optional<int> probe_main(int argc, char** argv);

}  // namespace sluice::plugin
