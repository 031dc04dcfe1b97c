// SPDX-License-Identifier: Apache-2.0
#include "postgresql/snapshot.hpp"

#include "postgresql/dialect.hpp"

namespace sluice::postgresql {

std::string export_snapshot(Connection& leader) {
  const Result result = leader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT pg_export_snapshot()",
                                       "export a snapshot");
  return std::string(result.text(0, 0));
}

bool import_snapshot(Connection& connection, const std::string& token) {
  const Result result = connection.try_execute(
      "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT " + quote_literal(token));
  if (result.is_good()) return true;
  const auto state = result.sqlstate();
  // invalid snapshot identifier; the source process is not running any more
  if (state != "22023" && state != "55000" && state != "42704") throw connection.failure("share a snapshot", result);
  connection.execute("ROLLBACK", "share a snapshot");
  return false;
}

}  // namespace sluice::postgresql
