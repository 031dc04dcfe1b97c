// SPDX-License-Identifier: Apache-2.0
// The connection test of both sides (sluice.ping/1).
#pragma once

#include "odbc/settings.hpp"
#include "sluice/extension.hpp"

namespace sluice::odbc {

// Steps: resolve, tcp, login, driver, encryption, server, privileges, latency. Those that ODBC says nothing about are
// skipped, with the reason. Throws at the one that fails.
void ping_source(const Settings& settings, const TextSink& sink);

}  // namespace sluice::odbc
