// SPDX-License-Identifier: Apache-2.0
// Tells good records from bad ones where the server runs no blocks (MySQL), or lets the user have no temporary table:
// a statement a record, many of them in one packet. Where what a statement wrote can be taken back they are tried with
// INSERT IGNORE, which goes on after most bad records: few round trips, however many there are. Otherwise each costs
// one.
#pragma once

#include <cstdint>
#include <string>

#include "mysql/connection.hpp"
#include "mysql/records.hpp"
#include "mysql/target.hpp"
#include "sql/record_piece.hpp"

namespace sluice::mysql {

// Writes the records after `restart`, which takes back what a failed attempt left ("ROLLBACK; "). The bad ones are
// refused in `piece`. Answers how many were ignored (insert ignore). Throws what has nothing to do with the records.
int64_t write_one_by_one(Connection& connection, const Target& target, const std::string& restart,
                         const Records& records, Range range, sql::RecordPiece& piece);

}  // namespace sluice::mysql
