// SPDX-License-Identifier: Apache-2.0
// The offline rules that all SQL stores share (sluice.check/1): no connection, all problems at once.
#pragma once

#include <string_view>

#include "sluice/context.hpp"
#include "sql/column_list.hpp"
#include "sql/problem.hpp"
#include "sql/quote.hpp"

namespace sluice::sql {

// table or querySql or connection[].table; ranges; column; where; what querySql silences.
Problems check_reader(const Context& context, const Dialect& dialect);

// One table, no range; names only among the columns; updateColumn against column and writeMode (`update_mode` is the
// store's word for it, "update"; `also` is another one for the same).
Problems check_writer(const Context& context, const Dialect& dialect, std::string_view update_mode,
                      std::string_view also = {});

// The same of a store with servers: where they are, and a reader's `consistent`.
Problems check_server_reader(const Context& context, const Dialect& dialect);
Problems check_server_writer(const Context& context, const Dialect& dialect, std::string_view update_mode,
                             std::string_view also = {});

// The reader's tables: `table`, then those of every `connection[]`, ranges expanded.
std::vector<std::string> reader_tables(const Context& context, const Dialect& dialect, Problems& problems);

}  // namespace sluice::sql
