// SPDX-License-Identifier: Apache-2.0
// The files that a job names. Any thread.
#pragma once

#include <string>
#include <vector>

#include "sluice/context.hpp"

namespace sluice::file {

// What the patterns at parameter `path` match, sorted, without directories and repetitions. A pattern that matches
// nothing, and a file that cannot be read, is reported through context.error.
std::vector<std::string> find_files(const Context& context, const std::vector<std::string>& patterns);

// The files that one pattern matches; nothing when that cannot be said.
std::vector<std::string> matching_files(const std::string& pattern);

// The directory of a path: "." when it has none.
std::string directory_of(const std::string& path);

}  // namespace sluice::file
