// SPDX-License-Identifier: Apache-2.0
// Marks of committed splits, in the records' own transaction: through ODBC no database can be asked for a transaction.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "odbc/connection.hpp"
#include "odbc/target.hpp"
#include "sql/marks.hpp"

namespace sluice::odbc {

// Why commits into this table, or into any of the database, can have no marks that are to be trusted; "" when they can.
std::string reason_against_marks(Connection& connection, const Target* target);

// Where the table's database keeps marks; only when nothing speaks against them.
sql::Marks marks_of(const Connection& connection, const Target& target);

// May the user create and use the table? What is missing goes to `problems`.
void check_marks(Connection& connection, const sql::Marks& marks, sql::Problems& problems);
// Unless the table is there already.
void create_marks(Connection& connection, const sql::Marks& marks);

// Unknown when there is no table any more.
Committed find_mark(Connection& connection, const sql::Marks& marks, std::string_view run, std::string_view split);

// Takes the run's marks away.
void clear_marks(Connection& connection, const sql::Marks& marks, std::string_view run);

}  // namespace sluice::odbc
