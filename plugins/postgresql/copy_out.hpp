// SPDX-License-Identifier: Apache-2.0
// The rows of a COPY ... TO STDOUT (FORMAT binary), one after another. One thread.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <string_view>

#include "postgresql/connection.hpp"

namespace sluice::postgresql {

// One row's bytes, as libpq allocated them. The fields start at `fields`, after their count.
class CopyRow {
 public:
  CopyRow() = default;
  CopyRow(char* raw, size_t size) : raw_(raw), fields_(raw, size) {}
  std::string_view fields() const { return fields_; }
  // Leaves out the first bytes.
  void skip(size_t bytes) { fields_.remove_prefix(bytes); }

 private:
  struct Free {
    void operator()(char* raw) const { PQfreemem(raw); }
  };
  std::unique_ptr<char, Free> raw_;
  std::string_view fields_;
};

std::string copy_statement(const std::string& select);

// libpq takes from the socket what its buffer has room for, which begins with 16 KiB and only grows for a message that
// needs more: with one of 120 KiB. 4 % less of the CPU that a row takes.
void widen_input(Connection& connection);

class CopyOut {
 public:
  // Starts it; throws what the server answers. `doing` opens the messages of errors.
  CopyOut(Connection& connection, const std::string& select, std::string doing);

  // False at the end; throws when it does not end well.
  bool next(CopyRow& out);

 private:
  int wait_for_row(char** raw);
  void wait_for_input();
  void finish();

  Connection& connection_;
  std::string doing_;
  bool is_first_ = true;
  bool is_finished_ = false;
};

}  // namespace sluice::postgresql
