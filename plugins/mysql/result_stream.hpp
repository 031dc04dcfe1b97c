// SPDX-License-Identifier: Apache-2.0
// The rows of a SELECT as the server sends them, none of them kept. One thread.
#pragma once

#include <mysql.h>

#include <string>
#include <string_view>

#include "mysql/connection.hpp"

namespace sluice::mysql {

class ResultStream {
 public:
  // Starts it; throws what the server answers. `doing` opens the messages of errors.
  ResultStream(Connection& connection, std::string_view select, std::string doing);
  // Before the end: stops the statement, so that the connection and its transaction can be used again.
  ~ResultStream();
  ResultStream(const ResultStream&) = delete;
  ResultStream& operator=(const ResultStream&) = delete;

  unsigned columns() const { return columns_; }
  // The next row's values, valid until the next call, with their lengths; a NULL has no data. Null at the end; throws
  // when it does not end well.
  MYSQL_ROW next();
  const unsigned long* lengths() const { return lengths_; }
  bool is_at_end() const { return is_at_end_; }

 private:
  Connection& connection_;
  std::string doing_;
  MYSQL_RES* result_ = nullptr;
  const unsigned long* lengths_ = nullptr;
  unsigned columns_ = 0;
  bool is_at_end_ = false;
};

}  // namespace sluice::mysql
