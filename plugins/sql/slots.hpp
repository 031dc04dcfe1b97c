// SPDX-License-Identifier: Apache-2.0
// Has a server room for as many connections as a job has lanes?
#pragma once

#include <cstdint>
#include <string_view>

#include "sql/problem.hpp"

namespace sluice::sql {

// `owner` ("the server", "the user") allows `limit` connections, of which `others` have some. An error when the job can
// never have as many as it needs, a warning when others would have to leave.
void check_slots(std::string_view owner, int64_t limit, int64_t others, int64_t needed, Problems& problems);

}  // namespace sluice::sql
