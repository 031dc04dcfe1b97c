// SPDX-License-Identifier: Apache-2.0
// The connection test of both sides (sluice.ping/1).
#pragma once

#include "mysql/settings.hpp"
#include "sluice/extension.hpp"

namespace sluice::mysql {

// Steps: resolve, connect, encryption, login, server, privileges, latency. The first that fails is the last.
void ping_server(const Settings& settings, const TextSink& sink);

}  // namespace sluice::mysql
