// SPDX-License-Identifier: Apache-2.0
// Why no connection came about.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "postgresql/settings.hpp"
#include "sluice/error.hpp"

namespace sluice::postgresql {

// The error to throw after a failed connection whose message was `said`. It tries once more to learn the SQLSTATE,
// which the plain message does not hold.
Error diagnose(const Settings& settings, std::string_view said);

// The databases that the user may see; empty when nobody answers.
std::vector<std::string> databases_of(Settings settings);

}  // namespace sluice::postgresql
