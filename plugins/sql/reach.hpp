// SPDX-License-Identifier: Apache-2.0
// The first steps of a connection test (sluice.ping/1) that all servers share.
#pragma once

#include <chrono>
#include <string>

#include "sluice/extension.hpp"

namespace sluice::sql {

// Looks the host's name up and connects to the port, without a word to the server. Steps: resolve, tcp. Throws at the
// step that fails, after it was told.
void reach(const std::string& host, const std::string& port, std::chrono::milliseconds patience, const TextSink& sink);

}  // namespace sluice::sql
