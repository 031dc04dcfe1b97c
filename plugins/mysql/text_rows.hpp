// SPDX-License-Identifier: Apache-2.0
// What statements select that SOCI cannot execute: blocks, SHOW, several statements at once, names with colons, which
// it would take for parameters.
#pragma once

#include <string>
#include <string_view>

#include "mysql/connection.hpp"

namespace sluice::mysql {

// The rows of every result of `sql`, one after another. Throws.
Rows select_rows(Connection& connection, const std::string& sql, std::string_view doing);

}  // namespace sluice::mysql
