// SPDX-License-Identifier: Apache-2.0
// What we know of a database beyond what its driver tells. Where nothing is known, the standard holds.
#pragma once

#include <string>
#include <string_view>

#include "sql/marks.hpp"
#include "sql/quote.hpp"

namespace sluice::odbc {

// A key as a literal of its own type, in SQL that the database writes itself; {} stands for the column. "": keys of that
// kind do not divide a table, because their order, or a literal of theirs, is not known.
struct KeyLiterals {
  std::string_view number = "{}";  // integers and decimals: what the driver reads of them is one
  std::string_view real{}, text{}, bytes{}, moment{}, other{};
  std::string_view unsorted{};  // words of types whose order is not that of comparisons
};

struct Product {
  std::string_view name;     // what SQL_DBMS_NAME starts with
  sql::Dialect dialect;      // the quote around names comes from the driver
  std::string_view setup{};  // a statement for every connection that writes
  std::string_view begin{};  // a statement at the start of a transaction that writes

  // What a session says of itself, in the last column of its rows (sluice.ping/1).
  std::string_view encryption{};  // the cipher; nothing without one
  std::string_view privileges{};

  // How a column is selected where its driver would lose something of it; {} stands for the column.
  std::string_view exact_moment{};  // dates and times, as text
  std::string_view exact_real{};    // as text
  std::string_view exact_text{};    // as the bytes of UTF-8

  KeyLiterals keys{};
  std::string_view one_instant{};  // of a timestamp {}: no other instant has its text

  const sql::MarkTypes* marks = nullptr;  // of commits; NULL: there are none
  // The index of a primary key has this name: for drivers that find no primary keys.
  std::string_view primary_index{};
  // Selects the engine of a table when it has no transactions; {} stands for schema and table.
  std::string_view untransactional{};

  bool integers_as_text = false;        // an integer column may hold anything
  bool keeps_lengths = true;            // of texts and bytes
  bool takes_nul = true;                // texts may hold one
  bool is_narrow = false;               // the driver has no wide functions: every text is UTF-8 in bytes
  bool reads_any_text = false;          // takes dates, times and uuids as plain text
  bool qualifies_by_catalog = false;    // a.b is catalog and table
  bool texts_as_bytes = false;          // of UTF-8, which the driver does not end at a NUL
  bool fetches_blocks = true;           // of records, each cell where it belongs
  bool takes_arrays = true;             // of parameters, each value with a length of its own
  bool error_ends_transaction = false;  // until it is rolled back, to a savepoint at least
  bool indexes_any_text = false;        // a key may be a text without a bound
  std::string_view lacks_reals{};       // which it refuses, for people: "no NaN"
  std::string_view microseconds{};      // what a type of times needs behind it to keep them
  std::string_view any_decimal{};       // a type for decimals of any size; a text where there is none
  std::string_view any_decimal_bounds{};  // what that one does not take, for people
  bool has_decimals = false;            // although the driver offers no such type
  int exact_digits = 0;                 // decimals keep no more; 0: what their type says

  std::string_view savepoint = "SAVEPOINT sluice_piece";
  std::string_view roll_back = "ROLLBACK TO SAVEPOINT sluice_piece";
  std::string_view release = "";  // "": a new one takes the place of the old one
};

// By SQL_DBMS_NAME.
const Product& product_named(std::string_view name);

// For what is checked without a connection: quotes of every kind.
inline constexpr sql::Dialect any_dialect{.store = "ODBC", .also_quotes = "`["};

// `pattern` with the (quoted) column where {} stands.
std::string with_column(std::string_view pattern, std::string_view column);

}  // namespace sluice::odbc
