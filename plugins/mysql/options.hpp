// SPDX-License-Identifier: Apache-2.0
// The parameters of the MySQL reader.
#pragma once

#include "sql/options.hpp"

namespace sluice::mysql {

namespace shared = sql::options;

inline constexpr auto server_options = shared::server("3306");

// Other names of the connector: servers that speak the same protocol.
inline constexpr const auto* aliases = words<"mariadb", "polardb", "drds", "tidb">;

inline constexpr auto reader_options = sql::join(
    server_options,
    std::array{
        shared::connection, shared::table, shared::column, shared::where, shared::split_pk, shared::split_factor,
        shared::query_sql, Option(shared::fetch_size.ignored()), shared::session, Option(shared::encoding.ignored()),
        shared::socket_timeout,
        option(
            "consistent", SLUICE_STRING | SLUICE_BOOLEAN,
            "Do all splits read one snapshot of the database? auto: if it can be had without stopping anybody, the "
            "summary says it; true: fail without it; lock: the same, with LOCK TABLES on the job's tables for 2 s at "
            "most; false: no")
            .default_value("\"auto\"")
            .example("true")});

}  // namespace sluice::mysql
