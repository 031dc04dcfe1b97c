// SPDX-License-Identifier: Apache-2.0
// One view of a database for several connections.
#pragma once

#include <string>
#include <string_view>

#include "postgresql/connection.hpp"

namespace sluice::postgresql {

// Opens a transaction whose view of the data others can share as long as it stays open; answers its token.
std::string export_snapshot(Connection& leader);

// Opens a transaction with that view. False when it is gone: the leader ended.
bool import_snapshot(Connection& connection, const std::string& token);

}  // namespace sluice::postgresql
