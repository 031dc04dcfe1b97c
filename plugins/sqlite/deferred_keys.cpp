// SPDX-License-Identifier: Apache-2.0
#include "sqlite/deferred_keys.hpp"

#include <algorithm>
#include <unordered_map>

#include "sql/quote.hpp"
#include "sqlite/dialect.hpp"
#include "sqlite/failure.hpp"

namespace sluice::sqlite {

namespace {

constexpr const char* checking = "check foreign keys";

// The records of the piece, by their rowid.
using Written = std::unordered_map<int64_t, Orphan>;

// False when it is there already and skipped.
bool write_record(WriteConnection& write, int64_t row) {
  write.rows.select(row, row + 1);
  const int code = sqlite3_step(write.insert.raw());
  sqlite3_reset(write.insert.raw());
  if (code != SQLITE_DONE) throw failure(write.connection->native(), checking, write.connection->path());
  return sqlite3_changes64(write.connection->native()) != 0;
}

Written write_again(WriteConnection& write, const std::vector<HeldBatch>& batches) {
  Written written;
  for (const auto& held : batches) {
    write.rows.load(held.batch, held.left_out);
    for (int64_t row = 0; row < held.batch.size(); ++row) {
      if (std::binary_search(held.left_out.begin(), held.left_out.end(), row)) continue;
      if (write_record(write, row))
        written[sqlite3_last_insert_rowid(write.connection->native())] = {held.ordinal, row};
    }
    write.rows.unload();
  }
  return written;
}

std::vector<int64_t> orphaned_rowids(WriteConnection& write) {
  auto statement = write.connection->prepare("SELECT DISTINCT rowid FROM pragma_foreign_key_check(?1, ?2)", checking);
  statement.bind(1, write.target.table.shape.table).bind(2, write.target.table.schema);
  std::vector<int64_t> rowids;
  while (statement.step())
    if (!statement.is_null(0)) rowids.push_back(statement.integer(0));
  return rowids;
}

// Taking one away can orphan others that refer to it: the caller asks again until none is left.
size_t take_away(WriteConnection& write, Written& written, std::vector<Orphan>& orphans) {
  const Table& table = write.target.table;
  // Without a rowid, or where a record may have changed an old one, nothing leads back from the row to the record.
  if (table.row_number.empty() || write.target.insert.updates) return 0;
  auto statement = write.connection->prepare(
      "DELETE FROM " + table.quoted() + " WHERE " + sql::quote_name(dialect, table.row_number) + " = ?", checking);
  size_t taken = 0;
  for (const int64_t rowid : orphaned_rowids(write)) {
    const auto found = written.find(rowid);
    if (found == written.end()) continue;
    statement.bind(1, rowid).step();
    statement.reset();
    orphans.push_back(found->second);
    written.erase(found);
    ++taken;
  }
  return taken;
}

}  // namespace

bool has_enforced_keys(Connection& connection, const Table& table) {
  if (connection.number("PRAGMA foreign_keys", checking) == 0) return false;
  auto statement = connection.prepare("SELECT count(*) FROM pragma_foreign_key_list(?1, ?2)", checking);
  statement.bind(1, table.shape.table).bind(2, table.schema);
  return statement.step() && statement.integer(0) != 0;
}

int open_keys(Connection& connection) {
  int open = 0, unused = 0;
  sqlite3_db_status(connection.native(), SQLITE_DBSTATUS_DEFERRED_FKS, &open, &unused, 0);
  return open;
}

void begin_piece(Connection& connection) { connection.run("SAVEPOINT sluice_piece", checking); }

void end_piece(Connection& connection) { connection.run("RELEASE sluice_piece", checking); }

std::vector<Orphan> write_without_orphans(WriteConnection& write, const std::vector<HeldBatch>& batches) {
  write.connection->run("ROLLBACK TO sluice_piece", checking);
  Written written = write_again(write, batches);
  std::vector<Orphan> orphans;
  while (open_keys(*write.connection) > 0)
    if (take_away(write, written, orphans) == 0)
      throw invalid(
          "a deferred foreign key is not fulfilled at the end of a piece of the split, and no record of it is to "
          "blame: " +
          write.target.table.shape.table + ": " + write.connection->path());
  std::sort(orphans.begin(), orphans.end(), [](const Orphan& a, const Orphan& b) {
    return a.ordinal != b.ordinal ? a.ordinal < b.ordinal : a.row < b.row;
  });
  return orphans;
}

}  // namespace sluice::sqlite
