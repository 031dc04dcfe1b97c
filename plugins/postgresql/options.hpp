// SPDX-License-Identifier: Apache-2.0
// The parameters of the PostgreSQL reader and writer.
#pragma once

#include "sql/options.hpp"

namespace sluice::postgresql {

namespace shared = sql::options;

inline constexpr std::array server_options = {shared::host,
                                              Option(shared::port.default_value("5432")),
                                              shared::socket,
                                              shared::database,
                                              shared::username,
                                              shared::password,
                                              shared::ssl_mode,
                                              shared::ssl_root_certificate,
                                              shared::ssl_certificate,
                                              shared::ssl_key,
                                              shared::connect_timeout};

// An element of `connection[]`: what is not set there comes from the step itself.
inline constexpr Option shard_options[] = {shared::host,
                                           shared::port,
                                           shared::socket,
                                           shared::database,
                                           shared::username,
                                           shared::password,
                                           option("sslMode", SLUICE_STRING, "As the step's own sslMode").connection(),
                                           shared::ssl_root_certificate,
                                           shared::ssl_certificate,
                                           shared::ssl_key,
                                           shared::connection_table};

inline constexpr auto reader_options = sql::join(
    server_options,
    std::array{
        option("connection", SLUICE_ARRAY, "Several sources of one shape: connection fields and tables of each")
            .elements(SLUICE_OBJECT)
            .children(option_list<shard_options>)
            .example(
                R"([{"host": "a.example.com", "table": "t_[0-9]"}, {"host": "b.example.com", "table": "t_[10-19]"}])"),
        shared::table, shared::column, shared::where, shared::split_pk, shared::split_factor, shared::query_sql,
        Option(shared::fetch_size.default_value("512").ignored()), shared::session, Option(shared::encoding.ignored()),
        shared::socket_timeout,
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
