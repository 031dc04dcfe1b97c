// SPDX-License-Identifier: Apache-2.0
// What a driver says about a call that did not simply succeed.
#pragma once

#include <sql.h>
#include <sqlext.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::odbc {

struct Diagnosis {
  std::string sqlstate;
  int64_t native = 0;   // the store's own number
  std::string message;  // without the names of driver and manager in brackets, in one line
};

using Diagnoses = std::vector<Diagnosis>;

// Those of the last call on the handle, most important first; at most a few. `is_narrow`: of a driver without wide
// functions.
Diagnoses diagnoses_of(SQLSMALLINT kind, SQLHANDLE handle, bool is_narrow);

// "[unixODBC][Driver]text\nmore" as "text more".
std::string plain_message(std::string_view text);

}  // namespace sluice::odbc
