// SPDX-License-Identifier: Apache-2.0
// Marks of committed splits, in the records' own transaction: only where the server cannot be asked for a transaction.
#pragma once

#include <string_view>

#include "postgresql/connection.hpp"
#include "postgresql/target.hpp"
#include "sluice/plugin.hpp"
#include "sql/marks.hpp"

namespace sluice::postgresql {

// In the target's schema: "public"."sluice_commit".
sql::Marks marks_of(const Target& target);
// Unless the table is there already.
void create_marks(Connection& connection, const Target& target);
// May the user create and use the table? What is missing goes to `problems`.
void check_marks(Connection& connection, const Target& target, sql::Problems& problems);

// Unknown when there is no table any more.
Committed find_mark(Connection& connection, const Target& target, std::string_view run, std::string_view split);

// Takes the run's marks away. The table stays: another job's transaction may be about to need it.
void clear_marks(Connection& connection, const Target& target, std::string_view run);

}  // namespace sluice::postgresql
