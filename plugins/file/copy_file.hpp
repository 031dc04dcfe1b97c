// SPDX-License-Identifier: Apache-2.0
// Any thread.
#pragma once

#include <string>

#include "descriptor.hpp"

namespace sluice::file {

// Appends the file at `from` to an open one, inside the kernel where it can.
void append_file(const std::string& from, const Descriptor& to, const std::string& to_path);

}  // namespace sluice::file
