// SPDX-License-Identifier: Apache-2.0
#include "postgresql/slots.hpp"

#include <algorithm>

#include "sql/slots.hpp"

namespace sluice::postgresql {

namespace {

// Limits (of the server, the role, the database; -1: none) beside how much of each is in use.
constexpr const char* slots_sql =
    "SELECT (current_setting('max_connections')::int - CASE WHEN r.rolsuper THEN 0 ELSE"
    "  current_setting('superuser_reserved_connections')::int END)::text,"
    " (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')::text,"
    " CASE WHEN r.rolsuper THEN -1 ELSE r.rolconnlimit END::text,"
    " (SELECT count(*) FROM pg_stat_activity WHERE usename = current_user AND backend_type = 'client backend')::text,"
    " CASE WHEN r.rolsuper THEN -1 ELSE d.datconnlimit END::text,"
    " (SELECT count(*) FROM pg_stat_activity WHERE datname = d.datname AND backend_type = 'client backend')::text"
    " FROM pg_roles r, pg_database d WHERE r.rolname = current_user AND d.datname = current_database()";

}  // namespace

void check_slots(Connection& connection, int64_t needed, sql::Problems& problems) {
  const Rows rows = connection.rows(slots_sql);
  if (rows.empty()) return;
  constexpr const char* owners[] = {"the server", "the user", "the database"};
  for (size_t i = 0; i < 3; ++i) {
    const int64_t limit = std::stoll(rows[0][2 * i].value_or("-1"));
    const int64_t others = std::max<int64_t>(0, std::stoll(rows[0][2 * i + 1].value_or("0")) - 1);
    if (limit >= 0) sql::check_slots(owners[i], limit, others, needed, problems);
  }
}

}  // namespace sluice::postgresql
