// SPDX-License-Identifier: Apache-2.0
// The table that is written: what it wants, and how records get into it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mysql/catalog.hpp"
#include "mysql/write_column.hpp"
#include "sluice/context.hpp"
#include "sluice/extension.hpp"
#include "sluice/schema.hpp"
#include "sql/problem.hpp"

namespace sluice::mysql {

enum class WriteMode { insert, ignore, replace, update };

// The way of many records at once.
enum class Bulk {
  load,   // LOAD DATA LOCAL from memory: turns errors into warnings, so that these are looked at
  array,  // MariaDB's array binding
  rows,   // INSERT with many rows
  stage,  // where nothing else keeps the promises: through a temporary table, on a server that runs blocks
  each    // the same on others: a statement a record
};

// What the server can do and lets this user do; asked once.
struct Abilities {
  bool loads_local_data = false;
  bool binds_arrays = false;
  bool runs_blocks = false;        // BEGIN NOT ATOMIC
  bool names_new_records = false;  // VALUES (...) AS name; such a server warns of VALUES(column)
  bool is_read_only = false;
  uint64_t most_packet_bytes = 0;
  // For the records of a statement.
  uint64_t packet_room() const { return most_packet_bytes / 4 * 3; }
};
Abilities abilities_of(Connection& connection);

struct Target {
  TableInfo table;
  std::vector<size_t> written;  // indexes of the table's columns, by position
  std::vector<WriteColumn> columns;
  Schema wanted;

  WriteMode mode = WriteMode::insert;
  std::vector<size_t> updated;  // indexes of `columns` that writeMode update changes
  Abilities abilities;
  Bulk bulk = Bulk::rows;
  bool adds_on_rerun = true;  // no key settles a second writing of the same records

  bool skips_nulls() const;
  // Warnings stand for errors: of LOAD DATA LOCAL, and of INSERT IGNORE.
  bool is_lenient() const { return bulk == Bulk::load || mode == WriteMode::ignore; }
  // Is any column of TIMESTAMP written? Then the session's zone is UTC.
  bool writes_instants() const;
};

// Nothing when there is no such table. What is wrong goes to `problems`.
std::optional<Target> find_target(Connection& connection, const Context& context, const Schema& input,
                                  sql::Problems& problems);

// CREATE TABLE for records that arrive, with the job's names for its columns (sluice.ddl/1).
void create_table(const Context& context, const Schema& input, const TextSink& sink);

}  // namespace sluice::mysql
