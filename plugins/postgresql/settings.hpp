// SPDX-License-Identifier: Apache-2.0
// Where a server is and how to log in: the connection fields of a step, or of one element of `connection[]`.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sluice/context.hpp"
#include "sql/problem.hpp"

namespace sluice::postgresql {

struct Settings {
  std::string host, port, database, user, password, socket;
  std::string ssl_mode, ssl_root_certificate, ssl_certificate, ssl_key;
  int64_t connect_seconds = 10;
  int64_t silence_milliseconds = 0;  // how long a server may be silent; 0: for ever
  std::vector<std::string> session;  // the user's own statements for every connection

  // The fields under `prefix` ("" or "connection[2]."); what is not set there comes from the step itself.
  static Settings read(const Context& context, std::string_view prefix);

  // For messages: `database "shop" of db1:5432 as "bob"`. Never the password.
  std::string place() const;
  // The same server and database?
  bool same_place(const Settings& other) const;
  // libpq's keywords and values.
  std::vector<std::pair<std::string, std::string>> keywords() const;
  // All of them as one URI.
  std::string connection_string() const;
  bool is_remote() const;
};

// What is missing or contradictory; offline. Paths start with `prefix`.
void check_settings(const Context& context, std::string_view prefix, sql::Problems& problems);

}  // namespace sluice::postgresql
