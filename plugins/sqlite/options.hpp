// SPDX-License-Identifier: Apache-2.0
// The parameters of the SQLite reader and writer.
#pragma once

#include <array>

#include "sql/options.hpp"

namespace sluice::sqlite {

inline constexpr Option busy_timeout =
    option("busyTimeout", SLUICE_DURATION, "How long to wait for a lock that another process holds")
        .default_value("\"10s\"");

inline constexpr std::array connection_options = {
    option("path", SLUICE_STRING, "The database file; the step's own path when not set").connection(),
    sql::options::connection_table};

inline constexpr auto reader_options =
    sql::join(std::array{option("path", SLUICE_STRING, "The database file").connection().example("\"orders.db\""),
                         option("connection", SLUICE_ARRAY | SLUICE_OBJECT, "Shards: database files with their tables")
                             .elements(SLUICE_OBJECT)
                             .children(option_list<connection_options>)},
              std::array{sql::options::table, sql::options::column, sql::options::where, sql::options::split_pk,
                         sql::options::split_factor, sql::options::query_sql, sql::options::session, busy_timeout,
                         sql::options::fetch_size.ignored(), sql::options::encoding.ignored(),
                         sql::options::socket_timeout.ignored()});

inline constexpr auto writer_options = sql::join(
    std::array{option("path", SLUICE_STRING,
                      "The database file. One that is not there is made when preSql is set to create the table")
                   .required()
                   .connection()
                   .example("\"orders.db\"")},
    std::array{sql::options::target_table, sql::options::target_column,
               option("writeMode", SLUICE_STRING,
                      "What to do when a record's key is there already: insert (the record is dirty), ignore (it is "
                      "skipped), replace (it takes the place of the old one), update (see updateColumn)")
                   .choices(words<"insert", "ignore", "replace", "update">)
                   .default_value("\"insert\""),
               sql::options::update_column, sql::options::pre_sql, sql::options::post_sql, sql::options::session,
               option("journalMode", SLUICE_STRING,
                      "Journal during the run; what it was before is restored afterwards. keep: as it is")
                   .choices(words<"wal", "delete", "truncate", "persist", "keep">)
                   .default_value("\"wal\""),
               option("synchronous", SLUICE_STRING,
                      "How hard a commit is pressed onto the disk. After a power cut with normal, a resumed run may miss "
                      "the last splits")
                   .choices(words<"normal", "full", "extra">)
                   .default_value("\"full\""),
               busy_timeout, sql::options::batch_size.ignored(), sql::options::batch_byte_size.ignored(),
               sql::options::encoding.ignored(), sql::options::socket_timeout.ignored()});

}  // namespace sluice::sqlite
