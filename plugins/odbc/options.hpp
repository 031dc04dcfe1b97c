// SPDX-License-Identifier: Apache-2.0
// The parameters of the ODBC reader and writer.
#pragma once

#include "sql/options.hpp"

namespace sluice::odbc {

namespace shared = sql::options;

inline constexpr std::array connection_options = {
    option("connectionString", SLUICE_STRING,
           "What the driver needs to connect, as in Driver=PostgreSQL Unicode;Server=db.example.com;Database=shop")
        .secret_keywords()
        .connection(),
    option("dsn", SLUICE_STRING, "Name of a data source of the system (odbc.ini), instead of connectionString")
        .connection()
        .example("\"shop\""),
    Option(shared::username),
    option("password", SLUICE_STRING, "The user's password, put into the connection string as PWD")
        .secret()
        .connection(),
    shared::connect_timeout};

inline constexpr auto reader_options =
    sql::join(connection_options,
              std::array{shared::table, shared::column, shared::where, shared::split_pk, shared::split_factor,
                         shared::query_sql,
                         option("fetchSize", SLUICE_INTEGER,
                                "Records fetched at a time; 1 for drivers that fetch no blocks. As many as fit 1 MiB, "
                                "up to 8192, when not set")
                             .at_least(1)
                             .at_most(65536),
                         shared::session, Option(shared::encoding.ignored()), shared::socket_timeout});

inline constexpr auto writer_options = sql::join(
    connection_options,
    std::array{
        shared::target_table, shared::target_column,
        option("writeMode", SLUICE_STRING, "insert: add records, a conflict makes a dirty record")
            .choices(words<"insert">)
            .default_value("\"insert\""),
        shared::pre_sql, shared::post_sql,
        option("batchSize", SLUICE_INTEGER, "Records handed to the driver at a time; 1 for drivers that take no arrays")
            .at_least(1)
            .at_most(65536)
            .default_value("1024"),
        Option(shared::batch_byte_size.default_value("\"4MiB\"")), shared::session, Option(shared::encoding.ignored()),
        shared::socket_timeout});

}  // namespace sluice::odbc
