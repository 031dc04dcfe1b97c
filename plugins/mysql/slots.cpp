// SPDX-License-Identifier: Apache-2.0
#include "mysql/slots.hpp"

#include <algorithm>

#include "sql/slots.hpp"

namespace sluice::mysql {

namespace {

// One of a user's own connections is always kept free for an administrator: it does not count here. 0: no limit.
constexpr const char* server_sql =
    "SELECT CAST(@@max_connections AS CHAR), CAST(VARIABLE_VALUE AS CHAR) FROM information_schema.GLOBAL_STATUS"
    " WHERE VARIABLE_NAME = 'THREADS_CONNECTED'";
constexpr const char* user_sql =
    "SELECT CAST(@@max_user_connections AS CHAR), CAST(COUNT(*) AS CHAR) FROM information_schema.PROCESSLIST"
    " WHERE USER = SUBSTRING_INDEX(USER(), '@', 1)";

void check(Connection& connection, const char* question, const char* owner, int64_t needed, sql::Problems& problems) {
  const Rows rows = connection.rows(question);
  if (rows.empty() || !rows[0][0] || !rows[0][1]) return;
  const int64_t limit = std::stoll(*rows[0][0]);
  const int64_t others = std::max<int64_t>(0, std::stoll(*rows[0][1]) - 1);
  if (limit > 0) sql::check_slots(owner, limit, others, needed, problems);
}

}  // namespace

void check_slots(Connection& connection, int64_t needed, sql::Problems& problems) {
  // MySQL keeps this elsewhere; there the first connection that fails says it.
  if (connection.is_mariadb()) check(connection, server_sql, "the server", needed, problems);
  check(connection, user_sql, "the user", needed, problems);
}

}  // namespace sluice::mysql
