// SPDX-License-Identifier: Apache-2.0
// Errors of the server and of the client library in the SDK's words. The number decides: most SQLSTATEs are HY000.
#pragma once

#include <string>
#include <string_view>

#include "sluice/error.hpp"
#include "sql/meaning.hpp"

namespace sluice::mysql {

// What the server, or the client library, said.
struct Complaint {
  unsigned number = 0;
  std::string sqlstate = {};
  std::string message = {};
};

using sql::Meaning;
Meaning meaning_of(unsigned number, std::string_view sqlstate);

// The connection is gone: nothing more can be asked of it.
bool is_lost(unsigned number);

// Is the error about the values of a record, so that the others can still be written?
bool is_about_record(unsigned number, std::string_view sqlstate);

// A note that says nothing about the records: unsafe for a binary log of statements.
inline bool is_harmless(unsigned number) { return number == 1592; }

// The numbers of such errors that no SQLSTATE of the classes 22, 23 and 45 tells, for an IN of SQL: "1265, 1364".
std::string numbers_about_records();

// Short and fixed, for dirty records: "conflict", "null", "too-long" ...
std::string_view code_of_record(unsigned number, std::string_view sqlstate);

// What the server says with such an error, for a warning, which comes without one.
std::string_view sqlstate_of_record(unsigned number);

// `read orders: SELECT command denied to user ... (database "shop" of db1:3306 as "bob")`
Error failure(std::string_view doing, const Complaint& complaint, std::string_view place);

}  // namespace sluice::mysql
