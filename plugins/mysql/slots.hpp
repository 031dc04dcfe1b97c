// SPDX-License-Identifier: Apache-2.0
// Has the server room for as many connections as the job has lanes?
#pragma once

#include <cstdint>

#include "mysql/connection.hpp"
#include "sql/problem.hpp"

namespace sluice::mysql {

// `needed` includes the connection that asks.
void check_slots(Connection& connection, int64_t needed, sql::Problems& problems);

}  // namespace sluice::mysql
