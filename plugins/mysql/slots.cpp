// SPDX-License-Identifier: Apache-2.0
#include "mysql/slots.hpp"

#include <algorithm>

#include "sql/slots.hpp"

namespace sluice::mysql {

namespace {

// One of a user's own connections is always kept free for an administrator: it does not count here. 0: no limit.
void check(Connection& connection, const char* limit_sql, const std::optional<std::string>& used, const char* owner,
           int64_t needed, sql::Problems& problems) {
  const int64_t limit = std::stoll(connection.value(limit_sql).value_or("0"));
  if (limit > 0 && used) sql::check_slots(owner, limit, std::max<int64_t>(0, std::stoll(*used) - 1), needed, problems);
}

}  // namespace

void check_slots(Connection& connection, int64_t needed, sql::Problems& problems) {
  const Rows connected = connection.rows("SHOW GLOBAL STATUS LIKE 'Threads_connected'");
  if (!connected.empty())
    check(connection, "SELECT CAST(@@max_connections AS CHAR)", connected[0].at(1), "the server", needed, problems);
  if (!connection.is_listed()) return;
  const auto of_user =
      connection.value(std::string("SELECT CAST(COUNT(*) AS CHAR) FROM ") + list_of_connections(connection.native()) +
                       " WHERE USER = SUBSTRING_INDEX(USER(), '@', 1)");
  check(connection, "SELECT CAST(@@max_user_connections AS CHAR)", of_user, "the user", needed, problems);
}

}  // namespace sluice::mysql
