// SPDX-License-Identifier: Apache-2.0
// The parameters that readers and writers of SQL stores share. A connector joins them with its own:
//
//     inline constexpr auto reader_options = sql::join(
//         std::array{sluice::option("path", SLUICE_STRING, "The database file").required()}, sql::options::reader);
//     static constexpr PluginInfo info{.options = sluice::option_list<reader_options>, ...};
//
// Where a store differs (encoding means nothing there), it builds its own array of these constants:
// `sql::options::encoding.ignored()`.
#pragma once

#include <array>
#include <cstddef>

#include "sluice/option.hpp"

namespace sluice::sql {

template <size_t... N>
constexpr auto join(const std::array<Option, N>&... parts) {
  std::array<Option, (N + ...)> all{};
  size_t at = 0;
  const auto add = [&](const auto& part) {
    for (const Option& one : part) all[at++] = one;
  };
  (add(parts), ...);
  return all;
}

namespace options {

// ---- Both sides ----
inline constexpr Option session =
    option("session", SLUICE_STRING | SLUICE_ARRAY, "SQL executed on every connection before anything else").sql_text();
inline constexpr Option encoding =
    option("encoding", SLUICE_STRING, "Encoding of the texts in the store; the connection's own when not set");
inline constexpr Option socket_timeout =
    option("socketTimeout", SLUICE_DURATION, "How long the server may be silent before the connection counts as lost");

// ---- Servers ----
inline constexpr Option host =
    option("host", SLUICE_STRING, "Name or address of the server").connection().example("\"db.example.com\"");
inline constexpr Option port =
    option("port", SLUICE_INTEGER, "TCP port of the server").connection().at_least(1).at_most(65535);
inline constexpr Option socket =
    option("socket", SLUICE_STRING, "Unix socket of a server on this machine, instead of host")
        .aliases(words<"unixSocket">)
        .connection();
inline constexpr Option database =
    option("database", SLUICE_STRING, "Database to connect to").connection().example("\"shop\"");
inline constexpr Option username =
    option("username", SLUICE_STRING, "User to log in as").aliases(words<"user">).connection().example("\"sluice\"");
inline constexpr Option password = option("password", SLUICE_STRING, "The user's password").secret().connection();
inline constexpr Option ssl_mode =
    option("sslMode", SLUICE_STRING,
           "Encryption: disable, prefer (when the server has it; none through a unix socket), require, verify-ca (its "
           "certificate is signed by sslRootCertificate), verify-full (and names the host)")
        .aliases(words<"sslmode">)
        .choices(words<"disable", "prefer", "require", "verify-ca", "verify-full">)
        .default_value("\"prefer\"")
        .connection();
inline constexpr Option ssl_root_certificate =
    option("sslRootCertificate", SLUICE_STRING, "File of the certificates that sign the server's").connection();
inline constexpr Option ssl_certificate =
    option("sslCertificate", SLUICE_STRING, "File of the certificate to log in with").connection();
inline constexpr Option ssl_key = option("sslKey", SLUICE_STRING, "File of the key of sslCertificate").connection();
inline constexpr Option connect_timeout = option("connectTimeout", SLUICE_DURATION, "How long to wait for a connection")
                                              .default_value("\"10s\"")
                                              .at_least(1)
                                              .connection();

// All of them, with the store's own port.
constexpr std::array<Option, 11> server(const char* port_json) {
  return {host,     port.default_value(port_json), socket,          database, username,       password,
          ssl_mode, ssl_root_certificate,          ssl_certificate, ssl_key,  connect_timeout};
}

// ---- Readers ----
inline constexpr Option table =
    option("table", SLUICE_STRING | SLUICE_ARRAY, "Table to read; several, or ranges of them as in t_[0-99]")
        .example("\"orders\"");
inline constexpr Option connection_table =
    option("table", SLUICE_STRING | SLUICE_ARRAY, "Tables of this source, or ranges of them as in t_[0-99]");
// An element of `connection[]`: what is not set there comes from the step itself.
inline constexpr Option shard[] = {host,
                                   port,
                                   socket,
                                   database,
                                   username,
                                   password,
                                   option("sslMode", SLUICE_STRING, "As the step's own sslMode").connection(),
                                   ssl_root_certificate,
                                   ssl_certificate,
                                   ssl_key,
                                   connection_table};
inline constexpr Option connection =
    option("connection", SLUICE_ARRAY, "Several sources of one shape: connection fields and tables of each")
        .elements(SLUICE_OBJECT)
        .children(option_list<shard>)
        .example(R"([{"host": "a.example.com", "table": "t_[0-9]"}, {"host": "b.example.com", "table": "t_[10-19]"}])");
inline constexpr Option column =
    option(
        "column", SLUICE_STRING | SLUICE_ARRAY,
        "Columns to read, in order: names, quoted names, constants (1, 'abc', null), expressions (now()), or [\"*\"]")
        .column_list()
        .example("[\"id\", \"name\"]");
inline constexpr Option where =
    option("where", SLUICE_STRING, "Condition that records must meet, without the word WHERE")
        .sql_text()
        .example("\"id > 100\"");
inline constexpr Option split_pk =
    option("splitPk", SLUICE_STRING,
           "Column by whose ranges a table is read in pieces; any sortable column that leads an index. "
           "The primary key when not set");
inline constexpr Option split_factor =
    option("splitFactor", SLUICE_INTEGER, "At least concurrent x splitFactor splits, for large tables")
        .default_value("5")
        .at_least(1)
        .at_most(10000);
inline constexpr Option query_sql =
    option("querySql", SLUICE_STRING | SLUICE_ARRAY,
           "Query to read instead of table, column, where and splitPk, which it replaces; each query is one split")
        .sql_text()
        .replaces_columns();
inline constexpr Option fetch_size =
    option("fetchSize", SLUICE_INTEGER, "Records asked of the server at a time").at_least(1);

// With the store's own `connection` ([{..., table[]}]) beside it where it has shards.
inline constexpr std::array reader = {table,     column,     where,   split_pk, split_factor,
                                      query_sql, fetch_size, session, encoding, socket_timeout};

// ---- Writers: writeMode is the store's own ----
inline constexpr Option target_table =
    option("table", SLUICE_STRING | SLUICE_ARRAY, "Table to write").required().example("\"orders\"");
inline constexpr Option target_column =
    option("column", SLUICE_STRING | SLUICE_ARRAY,
           "Columns to write, in the order of the reader's columns, or [\"*\"] for all of the table")
        .required()
        .column_list()
        .example("[\"id\", \"name\"]");
inline constexpr Option pre_sql =
    option("preSql", SLUICE_STRING | SLUICE_ARRAY,
           "SQL executed once, in order, before the first record is written; @table stands for the table")
        .sql_text()
        .example("[\"DELETE FROM @table\"]");
inline constexpr Option post_sql =
    option("postSql", SLUICE_STRING | SLUICE_ARRAY,
           "SQL executed once, in order, after the last record of a job that succeeded; @table stands for the table")
        .sql_text();
inline constexpr Option batch_size =
    option("batchSize", SLUICE_INTEGER, "Records handed to the store at a time").at_least(1);
inline constexpr Option batch_byte_size =
    option("batchByteSize", SLUICE_BYTES, "Bytes handed to the store at a time").at_least(1);
inline constexpr Option update_column =
    option("updateColumn", SLUICE_STRING | SLUICE_ARRAY,
           "Columns that writeMode update changes in a record that is there already; all but the key when empty");

inline constexpr std::array writer = {target_table,    target_column, pre_sql, post_sql, batch_size,
                                      batch_byte_size, update_column, session, encoding, socket_timeout};

}  // namespace options
}  // namespace sluice::sql
