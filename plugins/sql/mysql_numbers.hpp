// SPDX-License-Identifier: Apache-2.0
// The error numbers of MySQL and MariaDB, whichever way they come. Most have SQLSTATE HY000, so that the number
// decides. Source: the error references of both servers.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "sql/meaning.hpp"

namespace sluice::sql {

// Of the server or the client library. Nothing for one about a record, and for one that is not known.
std::optional<Meaning> mysql_meaning(int64_t number);

// An error, or a warning, about the values of a record.
struct MysqlRecordCode {
  int64_t number;
  std::string_view code;      // of the dirty record
  std::string_view sqlstate;  // a warning comes without one
};
std::span<const MysqlRecordCode> mysql_record_codes();
const MysqlRecordCode* mysql_record_code(int64_t number);  // NULL when it is none of them

}  // namespace sluice::sql
