// SPDX-License-Identifier: Apache-2.0
#include "sqlite/write_connection.hpp"

#include "sqlite/deferred_keys.hpp"

namespace sluice::sqlite {

namespace {

std::vector<CheckValue> checks_of(const Target& target) {
  std::vector<CheckValue> checks;
  for (size_t i = 0; i < target.types.size(); ++i)
    checks.push_back(check_value(target.types[i], target.wanted[i].type));
  return checks;
}

}  // namespace

WriteConnection::WriteConnection(std::unique_ptr<Connection> opened, const Target& to)
    : connection(std::move(opened)),
      target(to),
      rows(connection->native(), to.wanted, to.types),
      checks(checks_of(to)),
      insert(connection->prepare(to.insert.sql, "prepare to write")),
      holds_batches(has_enforced_keys(*connection, to.table)) {}

}  // namespace sluice::sqlite
