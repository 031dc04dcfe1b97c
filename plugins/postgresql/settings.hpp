// SPDX-License-Identifier: Apache-2.0
// A server in libpq's words.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql/server.hpp"

namespace sluice::postgresql {

struct Settings : sql::Server {
  static Settings read(const Context& context, std::string_view prefix) {
    return {sql::Server::read(context, prefix, 5432)};
  }

  // libpq's keywords and values.
  std::vector<std::pair<std::string, std::string>> keywords() const;
  // All of them as one URI.
  std::string connection_string() const;
};

}  // namespace sluice::postgresql
