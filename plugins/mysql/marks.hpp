// SPDX-License-Identifier: Apache-2.0
// Marks of committed splits, in the records' own transaction: the server cannot be asked for a transaction.
#pragma once

#include <string>
#include <string_view>

#include "mysql/connection.hpp"
#include "mysql/target.hpp"
#include "sluice/plugin.hpp"

namespace sluice::mysql {

// CREATE TABLE beside the target: `shop`.`sluice_commit`.
std::string marks_ddl(const Target& target);
// Unless it is there already.
void create_marks(Connection& connection, const Target& target);
// May the user create and use the table? What is missing goes to `problems`.
void check_marks(Connection& connection, const Target& target, sql::Problems& problems);

// INSERT of one mark.
std::string mark_sql(const Target& target, const Context& task, const SluiceCounters& counters);

// Waits for the transaction that wrote the mark, should it still be open. Unknown when there is no table any more.
Committed find_mark(Connection& connection, const Target& target, std::string_view run, std::string_view split);

// Takes the run's marks away. The table stays: another job's transaction may be about to need it, and to create it
// again would end that transaction.
void clear_marks(Connection& connection, const Target& target, std::string_view run);

}  // namespace sluice::mysql
