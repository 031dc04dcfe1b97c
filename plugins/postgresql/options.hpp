// SPDX-License-Identifier: Apache-2.0
// The parameters of the PostgreSQL reader and writer.
#pragma once

#include "sql/options.hpp"

namespace sluice::postgresql {

namespace shared = sql::options;

inline constexpr auto server_options = shared::server("5432");

inline constexpr auto reader_options = sql::join(
    server_options,
    std::array{
        shared::connection, shared::table, shared::column, shared::where, shared::split_pk, shared::split_factor,
        shared::query_sql, Option(shared::fetch_size.default_value("512").ignored()), shared::session,
        Option(shared::encoding.ignored()), shared::socket_timeout,
        option(
            "consistent", SLUICE_STRING | SLUICE_BOOLEAN,
            "Do all splits read one snapshot of the database? auto: if it can be had, the summary says it; true (and "
            "lock, which needs no lock here): fail without it; false: no")
            .default_value("\"auto\"")
            .example("true")});

inline constexpr auto writer_options = sql::join(
    server_options,
    std::array{
        shared::target_table, shared::target_column,
        option("writeMode", SLUICE_STRING,
               "insert: add records, a conflict makes a dirty record; copy: the same; upsert, update: conflicts are "
               "settled by conflictMode")
            .choices(words<"insert", "copy", "upsert", "update">)
            .default_value("\"insert\""),
        option(
            "conflictMode", SLUICE_STRING,
            "With writeMode upsert, what to do with a record whose key is there: replace its columns, ignore the new "
            "one (it counts as skipped), report it as a dirty record")
            .choices(words<"replace", "ignore", "report">)
            .default_value("\"replace\""),
        option("uniqueIndexColumns", SLUICE_STRING | SLUICE_ARRAY,
               "Columns of the unique index by which upsert finds a conflict; the primary key when not set")
            .example("[\"id\"]"),
        shared::update_column,
        option("pgType", SLUICE_OBJECT,
               "Types of columns, {column: type}; the table's own types are used, another type here is a warning")
            .open_object()
            .example(R"({"payload": "jsonb"})"),
        option("lockTimeout", SLUICE_DURATION, "How long to wait for a lock; 0: for ever")
            .default_value("\"60s\"")
            .at_least(0),
        shared::pre_sql, shared::post_sql, Option(shared::batch_size.default_value("1024").ignored()),
        Option(shared::batch_byte_size.ignored()), shared::session, Option(shared::encoding.ignored()),
        shared::socket_timeout});

}  // namespace sluice::postgresql
