// SPDX-License-Identifier: Apache-2.0
// Tells good records from bad ones on the server: all go to a staging table, and one block of PL/pgSQL writes them in
// chunks, a failing chunk record by record. Two round trips, however many are bad.
#pragma once

#include "postgresql/connection.hpp"
#include "postgresql/target.hpp"
#include "sql/record_piece.hpp"

namespace sluice::postgresql {

// Writes the piece's records; `restart` takes back what the failed attempt left ("ROLLBACK TO ...; "). The bad ones are
// refused in `piece`. Answers how many were ignored (conflictMode ignore). Throws when the fault is not in the records.
int64_t sort_out(Context task, Connection& connection, const Target& target, const std::string& restart,
                 sql::RecordPiece& piece);

}  // namespace sluice::postgresql
