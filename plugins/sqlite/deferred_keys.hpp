// SPDX-License-Identifier: Apache-2.0
// Foreign keys that SQLite checks at the commit only (DEFERRABLE INITIALLY DEFERRED): which records refer to nothing?
// They are looked for whenever verdicts are due: a large split is written in several pieces, each in a savepoint of its
// own, and what a record refers to has to be there when its piece ends.
#pragma once

#include <cstdint>
#include <vector>

#include "sluice/batch_view.hpp"
#include "sqlite/write_connection.hpp"

namespace sluice::sqlite {

// A batch of the open piece, in case it has to be written again.
struct HeldBatch {
  Batch batch;
  int64_t ordinal = 0;
  std::vector<int64_t> left_out = {};  // rows that were refused, ascending
};

struct Orphan {
  int64_t ordinal, row;
};

// Can a commit fail for a foreign key of this table? Only then are batches worth holding.
bool has_enforced_keys(Connection& connection, const Table& table);

// Foreign keys that are open in the transaction.
int open_keys(Connection& connection);

// In the open transaction.
void begin_piece(Connection& connection);
void end_piece(Connection& connection);

// Takes the piece back and writes its batches again, record by record, without those that refer to nothing: they are
// the answer, in order. Throws when keys stay open that no record of the piece is to blame for, or when nothing leads
// back from a row to its record: WITHOUT ROWID, writeMode update or replace.
std::vector<Orphan> write_without_orphans(WriteConnection& write, const std::vector<HeldBatch>& batches);

}  // namespace sluice::sqlite
