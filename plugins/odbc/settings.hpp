// SPDX-License-Identifier: Apache-2.0
// How to connect: the connection string with what other parameters add to it, and how to speak of it without secrets.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sluice/context.hpp"
#include "sql/problem.hpp"

namespace sluice::odbc {

struct Keyword {
  std::string name, value;
};
using Keywords = std::vector<Keyword>;

// "Driver={A B};UID=x": names and values, braces taken off. Nothing when it is none.
std::optional<Keywords> parse_connection_string(std::string_view text);

struct Settings {
  Keywords keywords;
  bool is_in_memory = false;
  int64_t connect_seconds = 10;
  int64_t silence_seconds = 0;       // how long a server may be silent; 0: for ever
  std::vector<std::string> session;  // the user's own statements for every connection

  static Settings read(const Context& context);

  // All keywords as one text, secrets included.
  std::string connection_string() const;
  // For messages: `database "shop" of db1:5432 as "bob"`, `data source "shop"`. Never a secret.
  std::string place() const;
  // A driver's message without the secrets that may stand in it.
  std::string without_secrets(std::string text) const;
  // SQLite's driver makes a database file that is missing. The first keeps it from that; the second, for those who only
  // look at what would be written, has it take an empty database in memory instead. Every other driver is left alone.
  Settings without_creating() const;
  Settings in_memory_when_missing() const;
  // Its driver is SQLite's. Before it is connected, a driver is known by its name only.
  bool is_sqlite() const;
  // The value of the first keyword that has one of these names; "" when there is none.
  std::string_view value(std::initializer_list<std::string_view> names) const;
};

// What is missing or contradictory; offline.
void check_settings(const Context& context, sql::Problems& problems);

}  // namespace sluice::odbc
