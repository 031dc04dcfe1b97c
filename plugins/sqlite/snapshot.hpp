// SPDX-License-Identifier: Apache-2.0
// The reading connections of one database file, kept between splits; on request all of them see the file as it was at
// one moment, or it is told that they did not.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "sqlite/connection.hpp"

namespace sluice::sqlite {

class Snapshot : public std::enable_shared_from_this<Snapshot> {
  struct GiveBack {
    std::shared_ptr<Snapshot> file;
    void operator()(Connection* connection) const { file->give(std::unique_ptr<Connection>(connection)); }
  };

 public:
  explicit Snapshot(Opening opening) : opening_(std::move(opening)) {}

  // [job] With a write-ahead log: opens `count` connections that all see the database as it is now, until the end.
  // Otherwise a long read would keep everybody from writing: it is watched instead whether anybody does.
  void begin(size_t count);
  struct Consistency {
    bool yes;
    std::string why;
  };
  // [any-thread] Of what was read since begin().
  Consistency consistency();

  // [any-thread] A connection for one split, from the stock or new; it goes back there at the end of its life.
  using Lease = std::unique_ptr<Connection, GiveBack>;
  Lease take();

 private:
  void give(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> open() const;
  bool try_begin(std::vector<std::unique_ptr<Connection>>& connections);
  bool somebody_wrote();

  Opening opening_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
  std::unique_ptr<Connection> witness_;  // sees commits of all others
  int64_t version_ = 0;                  // what it saw at begin()
  bool pinned_ = false;                  // all connections so far are in one snapshot
};

}  // namespace sluice::sqlite
