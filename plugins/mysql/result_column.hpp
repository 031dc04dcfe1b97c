// SPDX-License-Identifier: Apache-2.0
// What a query would answer, without executing it.
#pragma once

#include <mysql.h>

#include <string>
#include <string_view>
#include <vector>

#include "mysql/connection.hpp"

namespace sluice::mysql {

struct ResultColumn {
  std::string name = {};
  enum_field_types type = MYSQL_TYPE_NULL;
  unsigned flags = 0;
  unsigned long length = 0;  // bytes at most, as they travel
  unsigned decimals = 0;
  unsigned collation = 0;    // 63: bytes, not a text
  std::string native = {};   // in the catalogue's words; "" when it is no column of a table
  std::string special = {};  // what the type alone does not say: "json", "uuid", "inet6", "point"

  bool is_unsigned() const { return (flags & UNSIGNED_FLAG) != 0; }
  bool is_binary() const { return collation == 63; }
};

// Throws what the server says about the query.
std::vector<ResultColumn> describe_query(Connection& connection, const std::string& query, std::string_view doing);

// The type in the server's words, as far as a result tells: "decimal(10,2)".
std::string native_name(const ResultColumn& column);

// The most characters or bytes of a text column; -1 when it is no short text.
int64_t length_of(const ResultColumn& column);

// Digits of a decimal.
int precision_of(const ResultColumn& column);

}  // namespace sluice::mysql
