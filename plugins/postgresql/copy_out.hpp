// SPDX-License-Identifier: Apache-2.0
// The rows of a COPY ... TO STDOUT (FORMAT binary), one after another. One thread.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "postgresql/connection.hpp"

namespace sluice::postgresql {

// A row of COPY BINARY.
struct CopyRow {
  std::string_view fields;      // behind their count
  std::unique_ptr<char[]> own;  // what holds a row that was too long for the room it was to go to
};

std::string copy_statement(const std::string& select);

// libpq takes from the socket as much as its buffer has room for: 16 KiB, until a message needs more. Asks for one that
// makes it 128 KiB, which takes 4 % less of the CPU for a row.
void widen_input(Connection& connection);

class CopyOut {
 public:
  // Starts it; throws what the server answers. `doing` opens the messages of errors.
  CopyOut(Connection& connection, const std::string& select, std::string doing);

  // Reads the next row into `room`, of 64 bytes or more, or into memory of its own: libpq's newer way allocates every
  // row. False at the end; throws when it does not end well.
  bool next(std::span<char> room, CopyRow& out);

 private:
  int read(std::span<char> to);
  std::string_view read_rest(std::string_view begun, size_t row, std::unique_ptr<char[]>& own);
  void wait_for_input();
  void finish();

  Connection& connection_;
  std::string doing_;
  bool is_first_ = true;
  bool is_finished_ = false;
};

}  // namespace sluice::postgresql
