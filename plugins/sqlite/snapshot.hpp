// SPDX-License-Identifier: Apache-2.0
// The reading connections of one database file, kept between splits; on request all in one snapshot.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "sqlite/connection.hpp"

namespace sluice::sqlite {

class Snapshot {
 public:
  explicit Snapshot(Opening opening) : opening_(std::move(opening)) {}

  // [job] Opens `count` connections that all see the database as it is now; false, and none of them in a transaction,
  // when somebody commits in between, three times in a row. What they see stays until the end.
  bool begin(size_t count);

  // [any-thread] A connection for one split, from the stock or new; `give` puts it back.
  std::unique_ptr<Connection> take();
  void give(std::unique_ptr<Connection> connection);

 private:
  std::unique_ptr<Connection> open() const;
  bool try_begin(std::vector<std::unique_ptr<Connection>>& connections);

  Opening opening_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace sluice::sqlite
