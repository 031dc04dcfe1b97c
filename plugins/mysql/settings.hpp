// SPDX-License-Identifier: Apache-2.0
// Where a server is, how to log in, and what the connection is for.
#pragma once

#include <string_view>

#include "sql/server.hpp"

namespace sluice::mysql {

struct Settings : sql::Server {
  // LOAD DATA LOCAL is allowed. Its owner sets a handler for what is loaded first: a server may ask for any file.
  bool loads_local_data = false;

  static Settings read(const Context& context, std::string_view prefix) {
    return {sql::Server::read(context, prefix, 3306)};
  }
};

}  // namespace sluice::mysql
