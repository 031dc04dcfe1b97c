// SPDX-License-Identifier: Apache-2.0
// MariaDB's array binding: one prepared statement, executed for many records in one packet.
#pragma once

#include <mysql.h>

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "mysql/connection.hpp"
#include "mysql/records.hpp"
#include "sluice/batch_builder.hpp"

namespace sluice::mysql {

// The values of one column for every record of a range, as the client library wants them. Texts stay where they are.
class BoundColumn {
 public:
  void fill(const Records& records, Range range, size_t column);
  // Points into this object and into the records.
  MYSQL_BIND bind() const;

 private:
  void add_null(const WriteColumn& column);

  enum_field_types type_ = MYSQL_TYPE_STRING;
  bool is_unsigned_ = false;
  std::vector<char> indicators_;
  std::vector<int64_t> numbers_;
  std::vector<double> doubles_;
  std::vector<const char*> texts_;
  std::vector<unsigned long> lengths_;
  std::vector<size_t> offsets_;  // of texts in arena_
  Buffer arena_;
};

// One thread; ends with its connection at the latest.
class ArrayInsert {
 public:
  // Prepares `sql`, which has a parameter a column. Throws.
  ArrayInsert(Connection& connection, const std::string& sql);

  // False: complaint() says why. All of the range or nothing.
  bool execute(const Records& records, Range range);
  Complaint complaint() const;

 private:
  struct Close {
    void operator()(MYSQL_STMT* raw) const { mysql_stmt_close(raw); }
  };
  Connection& connection_;
  std::unique_ptr<MYSQL_STMT, Close> statement_;
  std::vector<BoundColumn> columns_;
};

// Prepares the statement, and lets it go: are the rights and the names there? The number is 0 when all is well.
// Throws where there was no answer: the connection is lost, or somebody holds a lock.
Complaint try_prepare(Connection& connection, const std::string& sql, std::string_view doing);

}  // namespace sluice::mysql
