// SPDX-License-Identifier: Apache-2.0
// Marks of committed splits, in the records' own transaction: only where the server cannot be asked for a transaction.
#pragma once

#include <string>
#include <string_view>

#include "postgresql/connection.hpp"
#include "postgresql/target.hpp"
#include "sluice/plugin.hpp"

namespace sluice::postgresql {

// The table beside the target: "public"."sluice_commit".
std::string marks_table(const Target& target);
std::string marks_ddl(const Target& target);

// INSERT of one mark, into a table that is made when it is not there.
std::string mark_sql(const Target& target, const Context& task, const SluiceCounters& counters);

Committed find_mark(Connection& connection, const Target& target, std::string_view run, std::string_view split);

// Takes the run's marks away, and the table with the last of them.
void clear_marks(Connection& connection, const Target& target, std::string_view run);

}  // namespace sluice::postgresql
