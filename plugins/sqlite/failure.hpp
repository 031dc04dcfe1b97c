// SPDX-License-Identifier: Apache-2.0
// SQLite's result codes as the SDK's errors.
#pragma once

#include <sqlite3.h>

#include <string>
#include <string_view>

#include "sluice/error.hpp"

namespace sluice::sqlite {

// `doing: message: path`. `code` is an extended result code.
Error failure(int code, std::string_view doing, std::string_view message, std::string_view path);

// The same for the last call on a connection.
Error failure(sqlite3* db, std::string_view doing, std::string_view path);

// True for what one record can be to blame for: constraints, a wrong type, a value that is too large.
bool is_record_fault(int code);

// The code of a dirty record: "conflict", "null", "check", "foreign-key", "type", "too-long".
std::string_view reject_code(int code);

}  // namespace sluice::sqlite
