// SPDX-License-Identifier: Apache-2.0
// Where a database server is and how to log in: the connection fields of a step, or of one element of `connection[]`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sluice/context.hpp"
#include "sql/problem.hpp"

namespace sluice::sql {

struct Server {
  std::string host, port, database, user, password, socket;
  std::string ssl_mode, ssl_root_certificate, ssl_certificate, ssl_key;
  int64_t connect_seconds = 10;
  int64_t silence_milliseconds = 0;  // how long a server may be silent; 0: for ever
  std::vector<std::string> session;  // the user's own statements for every connection

  // The fields under `prefix` ("" or "connection[2]."); what is not set there comes from the step itself.
  static Server read(const Context& context, std::string_view prefix, int default_port);

  // For messages: `database "shop" of db1:5432 as "bob"`. Never the password.
  std::string place() const;
  // The same server and database, and the same user?
  bool same_login(const Server& other) const;
  bool is_remote() const;
};

// What is missing or contradictory; offline. Paths start with `prefix`.
void check_server(const Context& context, std::string_view prefix, Problems& problems);

// The same for every element of `connection[]`, or for the step itself when there is none.
void check_servers(const Context& context, Problems& problems);

// The prefixes of the step's servers, in the order of `connection[]`: {""}, or {"connection[0].", ...}.
std::vector<std::string> server_prefixes(const Context& context);

// A warning when a connection leaves this machine in plain text.
void warn_of_plain_connection(const Context& context, const Server& server, bool is_encrypted);

}  // namespace sluice::sql
