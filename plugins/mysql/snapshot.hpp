// SPDX-License-Identifier: Apache-2.0
// One view of a server's data for all lanes. There is nothing that a transaction could hand to another, so all lanes
// open theirs at once, and the binary log tells whether something was committed in between.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "mysql/connection.hpp"

namespace sluice::mysql {

struct Snapshot {
  std::string token;      // the place in the log of commits; "" when there is none
  std::string why_none;   // for people
  bool may_come = false;  // a later try may have one
};

// Connections of a job's lanes; each has an open transaction afterwards when the snapshot came about, none otherwise.
using LaneConnections = std::vector<std::unique_ptr<Connection>>;

// Stops nobody: opens, compares, three times at most. MariaDB with a binary log, MySQL with one and
// with global transaction identifiers.
Snapshot open_snapshot(LaneConnections& lanes);

// With the tables (quoted) locked against writers, for 2 s at most: `leader` holds the lock.
Snapshot open_locked_snapshot(Connection& leader, LaneConnections& lanes, const std::vector<std::string>& tables);

}  // namespace sluice::mysql
