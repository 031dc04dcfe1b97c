// SPDX-License-Identifier: Apache-2.0
// Marks of committed splits, in the records' own transaction: the server cannot be asked for a transaction.
#pragma once

#include <string_view>

#include "mysql/connection.hpp"
#include "mysql/target.hpp"
#include "sluice/plugin.hpp"
#include "sql/marks.hpp"

namespace sluice::mysql {

// In the target's database: `shop`.`sluice_commit`.
sql::Marks marks_of(const Target& target);
// Unless the table is there already.
void create_marks(Connection& connection, const Target& target);
// May the user create and use the table? What is missing goes to `problems`.
void check_marks(Connection& connection, const Target& target, sql::Problems& problems);

// Waits for the transaction that wrote the mark, should it still be open. Unknown when there is no table any more.
Committed find_mark(Connection& connection, const Target& target, std::string_view run, std::string_view split);

// Takes the run's marks away. The table stays: to create it again would end another job's transaction.
void clear_marks(Connection& connection, const Target& target, std::string_view run);

}  // namespace sluice::mysql
