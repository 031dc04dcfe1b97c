// SPDX-License-Identifier: Apache-2.0
// The connection test of both sides (sluice.ping/1).
#pragma once

#include "odbc/settings.hpp"
#include "sluice/extension.hpp"

namespace sluice::odbc {

// Steps: connect, database, driver, access.
void ping_source(const Settings& settings, const TextSink& sink);

}  // namespace sluice::odbc
