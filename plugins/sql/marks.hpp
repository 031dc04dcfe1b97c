// SPDX-License-Identifier: Apache-2.0
// Marks of committed splits: a row for each in a table sluice_commit beside the target, written in the records' own
// transaction. The SQL of them; who executes it is the store's matter.
#pragma once

#include <string>
#include <string_view>

#include "sluice/plugin.hpp"
#include "sql/quote.hpp"
#include "sql/soci_rows.hpp"

namespace sluice::sql {

// How a store declares the table's columns.
struct MarkTypes {
  std::string_view run, split;  // texts that are compared byte by byte
  size_t longest_split = 0;     // what is longer is found by its digest; 0: there is no limit
  std::string_view digest{};    // of the text {}
  std::string_view table{};     // behind the columns
  std::string_view share{};     // behind a SELECT that waits for transactions that are open
};

inline constexpr MarkTypes plain_marks{.run = "text", .split = "text"};
// An index holds no longer keys.
inline constexpr MarkTypes mysql_marks{.run = "varchar(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
                                       .split = "varchar(600) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
                                       .longest_split = 600,
                                       .digest = "SHA2({}, 256)",
                                       .table = " ENGINE=InnoDB ROW_FORMAT=DYNAMIC",
                                       .share = " LOCK IN SHARE MODE"};

// Why a writer that leaves marks can promise exactly-once.
inline constexpr const char* reason_of_marks =
    "every commit leaves a mark in the table sluice_commit, in the records' transaction";

class Marks {
 public:
  // `table`: quoted, with its schema.
  Marks(const Dialect& dialect, const MarkTypes& types, std::string table)
      : dialect_(dialect), types_(types), table_(std::move(table)) {}

  const std::string& table() const { return table_; }

  // CREATE TABLE, unless it is there.
  std::string ddl() const;
  // Selects nothing; fails when there is no such table.
  std::string look() const;
  std::string insert(const Context& task, const SluiceCounters& counters) const;
  std::string find(std::string_view run, std::string_view split) const;
  // Of a run. The table stays: another job's transaction may be about to need it.
  std::string remove(std::string_view run) const;

 private:
  std::string counters() const;
  std::string split_literal(std::string_view split) const;

  Dialect dialect_;
  MarkTypes types_;
  std::string table_;
};

// What find() selected.
Committed committed_by(const Rows& rows);

}  // namespace sluice::sql
