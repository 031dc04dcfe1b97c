// SPDX-License-Identifier: Apache-2.0
// Marks of committed splits, in a table of the destination: written in the records' own transaction, under
// `setting.delivery` exactly-once only.
#pragma once

#include <string>
#include <string_view>

#include "sluice/plugin.hpp"
#include "sqlite/connection.hpp"

namespace sluice::sqlite {

inline constexpr const char* marks_ddl =
    "CREATE TABLE IF NOT EXISTS sluice_commit (run TEXT NOT NULL, split TEXT NOT NULL, attempt INTEGER NOT NULL, "
    "read INTEGER, added INTEGER, written INTEGER, skipped INTEGER, filtered INTEGER, dirty INTEGER, bytes INTEGER, "
    "PRIMARY KEY (run, split))";

// In the open transaction.
void write_mark(Connection& connection, std::string_view run, std::string_view split, uint32_t attempt,
                const SluiceCounters& counters);

Committed find_mark(Connection& connection, std::string_view run, std::string_view split);

// Takes the run's marks away, and the table with the last of them.
void clear_marks(Connection& connection, std::string_view run);

}  // namespace sluice::sqlite
