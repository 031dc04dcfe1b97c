// SPDX-License-Identifier: Apache-2.0
// The tables of a reader, each with the server that it is on.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sql/problem.hpp"
#include "sql/quote.hpp"

namespace sluice::sql {

struct NamedTable {
  size_t source;      // index of the server, as in server_prefixes()
  std::string table;  // as the job has it, ranges expanded
  std::string path;   // of the parameter that names it
};

// The parameter that names the tables of `connection[shard]`: its own, or the step's.
std::string table_parameter(const Context& context, size_t shard);

// Of every server in turn.
std::vector<NamedTable> named_tables(const Context& context, const Dialect& dialect, Problems& problems);

// `no such table in database "shop" of db1:3306 as "bob": ordres (did you mean "orders"?)`, with what there is.
Problem no_such_table(const NamedTable& named, std::string_view place, std::span<const std::string> there);

// The user may not read it; `user` as the store's GRANT wants it.
Problem unreadable_table(const NamedTable& named, std::string_view user);

}  // namespace sluice::sql
