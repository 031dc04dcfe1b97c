// SPDX-License-Identifier: Apache-2.0
// The connection test of both sides (sluice.ping/1).
#pragma once

#include "postgresql/settings.hpp"
#include "sluice/extension.hpp"

namespace sluice::postgresql {

// Steps: connect, server, encryption, access.
void ping_server(const Settings& settings, const TextSink& sink);

}  // namespace sluice::postgresql
