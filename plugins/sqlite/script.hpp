// SPDX-License-Identifier: Apache-2.0
// The user's statements before and after a run.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sqlite/connection.hpp"

namespace sluice::sqlite {

// All or nothing: in one transaction, unless one of them cannot be in one (VACUUM, PRAGMA, a transaction of its own).
// An error names the entry: `preSql[1]: no such table: x: orders.db`.
void run_script(Connection& connection, const std::vector<std::string>& statements, std::string_view parameter);

}  // namespace sluice::sqlite
