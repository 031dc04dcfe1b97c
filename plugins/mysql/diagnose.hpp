// SPDX-License-Identifier: Apache-2.0
// Why no connection came about.
#pragma once

#include <string>
#include <vector>

#include "mysql/failure.hpp"
#include "mysql/settings.hpp"

namespace sluice::mysql {

// The error to throw after a failed connection: what was said, and the way out.
Error diagnose(const Settings& settings, const Complaint& complaint);

// The databases that the user may see; empty when nobody answers.
std::vector<std::string> databases_of(Settings settings);

}  // namespace sluice::mysql
