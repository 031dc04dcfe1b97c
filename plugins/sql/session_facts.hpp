// SPDX-License-Identifier: Apache-2.0
// What servers say of a session that has logged in, for connection tests (sluice.ping/1): the same statements, whoever
// sends them.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace sluice::sql {

// The protocol and cipher; no row without encryption.
inline constexpr std::string_view postgresql_encryption =
    "SELECT (version || ' ' || cipher)::text FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl";
// The cipher in the last column, empty without encryption.
inline constexpr std::string_view mysql_encryption = "SHOW SESSION STATUS LIKE 'Ssl_cipher'";

// One line: what the user may do with the tables of this database.
inline constexpr std::string_view postgresql_privileges =
    "SELECT (CASE current_setting('transaction_read_only') WHEN 'on' THEN 'read-only: ' ELSE '' END"
    " || 'may read ' || count(*) FILTER (WHERE has_schema_privilege(n.oid, 'USAGE')"
    " AND has_table_privilege(c.oid, 'SELECT'))"
    " || ' and write ' || count(*) FILTER (WHERE has_schema_privilege(n.oid, 'USAGE')"
    " AND has_table_privilege(c.oid, 'INSERT')) || ' of ' || count(*) || ' tables, '"
    " || CASE WHEN has_schema_privilege(current_schema(), 'CREATE') THEN 'create tables in ' || current_schema()"
    " ELSE 'create none' END)::text"
    " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')"
    " AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'";
// A row for each grant.
inline constexpr std::string_view mysql_privileges = "SHOW GRANTS";

// A grant without the hash of a password, which may follow it.
inline std::string_view shown_grant(std::string_view grant) { return grant.substr(0, grant.find(" IDENTIFIED")); }

// How long `ask` takes: "0.3 ms".
template <class Ask>
std::string time_of(Ask ask) {
  const auto start = std::chrono::steady_clock::now();
  ask();
  const auto took =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start).count();
  return std::to_string(took / 1000) + "." + std::to_string(took % 1000 / 100) + " ms";
}

}  // namespace sluice::sql
