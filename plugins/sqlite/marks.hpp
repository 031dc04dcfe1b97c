// SPDX-License-Identifier: Apache-2.0
// Marks of committed splits, in a table of the destination: written in the records' own transaction, under
// `setting.delivery` exactly-once only.
#pragma once

#include <string_view>

#include "sluice/plugin.hpp"
#include "sql/marks.hpp"
#include "sqlite/connection.hpp"

namespace sluice::sqlite {

const sql::Marks& marks();

// In the open transaction.
void write_mark(Connection& connection, const Context& task, const SluiceCounters& counters);

Committed find_mark(Connection& connection, std::string_view run, std::string_view split);

// Takes the run's marks away, and the table with the last of them.
void clear_marks(Connection& connection, std::string_view run);

}  // namespace sluice::sqlite
