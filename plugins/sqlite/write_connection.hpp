// SPDX-License-Identifier: Apache-2.0
// A connection that is ready to write the target; kept by the writer from split to split.
#pragma once

#include <memory>
#include <vector>

#include "sqlite/batch_rows.hpp"
#include "sqlite/target.hpp"
#include "sqlite/value_check.hpp"

namespace sluice::sqlite {

// One task at a time. `to` must outlive it.
struct WriteConnection {
  WriteConnection(std::unique_ptr<Connection> opened, const Target& to);

  std::unique_ptr<Connection> connection;
  const Target& target;
  BatchRows rows;
  std::vector<CheckValue> checks;
  Statement insert;    // goes before the connection does
  bool holds_batches;  // the commit can fail for a foreign key
};

}  // namespace sluice::sqlite
