// SPDX-License-Identifier: Apache-2.0
// Tells good records from bad ones on the server (MariaDB): all go to a temporary table, and one block writes them in
// chunks, a failing chunk record by record. Three round trips at most, however many are bad.
#pragma once

#include <cstdint>
#include <string>

#include "mysql/connection.hpp"
#include "mysql/records.hpp"
#include "mysql/target.hpp"
#include "sql/record_piece.hpp"

namespace sluice::mysql {

// A record that the server refused, in the words of a dirty record.
sql::Refusal refusal_of(const Target& target, sql::RecordPlace place, const Complaint& complaint);

// As a text that is too long for its column; the server would cut the connection.
inline const Complaint larger_than_packet{1406, "22001",
                                          "larger than the server's max_allowed_packet lets a statement be"};

// A record's key is there already.
bool is_conflict(unsigned number);

// Fills the temporary table, after `restart`, which takes back what a failed attempt left ("ROLLBACK; "). False: the
// user may not create one; `restart` was executed all the same. Throws what has nothing to do with the records.
bool stage(Connection& connection, const Target& target, const std::string& restart, const Records& records,
           Range range);

// Writes the staged records; the bad ones are refused in `piece`. Answers how many were ignored (insert ignore).
int64_t sort_out(Connection& connection, const Target& target, const Records& records, sql::RecordPiece& piece);

}  // namespace sluice::mysql
