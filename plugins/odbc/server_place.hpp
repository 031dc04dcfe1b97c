// SPDX-License-Identifier: Apache-2.0
// Where the server of a connection string is, as far as the string tells. [any-thread]
#pragma once

#include <string>

#include "odbc/settings.hpp"

namespace sluice::odbc {

struct ServerPlace {
  std::string host, port;
  std::string unknown = {};  // why there is neither: "the driver opens a file"
};

ServerPlace server_place(const Settings& settings);

}  // namespace sluice::odbc
