// SPDX-License-Identifier: Apache-2.0
// A COPY ... FROM STDIN under way. One thread.
#pragma once

#include <string>

#include "postgresql/connection.hpp"
#include "sluice/batch_builder.hpp"
#include "sluice/buffer_memory.hpp"
#include "sql/free_buffer.hpp"

namespace sluice::postgresql {

class CopyIn {
 public:
  // Executes `sql`, whose last statement is the COPY; throws what the server answers instead of taking data.
  CopyIn(Context task, Connection& connection, const std::string& sql);

  // What goes there is sent when there is enough of it.
  Buffer& buffer() { return buffer_; }
  void send_when_full() {
    if (buffer_.size() >= chunk) send();
  }
  // The server's verdict on all of it. One without SQLSTATE means that the connection is lost.
  Result finish();

 private:
  static constexpr size_t chunk = size_t{64} << 10;
  static constexpr size_t most_at_once = size_t{256} << 10;
  void send();

  Connection& connection_;
  Buffer buffer_;
  BufferMemory memory_;  // of it
};

}  // namespace sluice::postgresql
