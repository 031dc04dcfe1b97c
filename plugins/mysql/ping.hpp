// SPDX-License-Identifier: Apache-2.0
// The connection test of both sides (sluice.ping/1).
#pragma once

#include "mysql/settings.hpp"
#include "sluice/extension.hpp"

namespace sluice::mysql {

// Steps: resolve and tcp (not on a socket), login, encryption, server, privileges, latency. Throws at the one that
// fails.
void ping_server(const Settings& settings, const TextSink& sink);

}  // namespace sluice::mysql
