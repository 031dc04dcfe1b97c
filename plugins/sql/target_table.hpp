// SPDX-License-Identifier: Apache-2.0
// The table that a writer fills: as the job names it, and what its columns want of the records.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sluice/schema.hpp"
#include "sql/problem.hpp"
#include "sql/quote.hpp"
#include "sql/table_shape.hpp"

namespace sluice::sql {

// The parameter `table`, parsed. Throws when it is none: the check has told why.
TableName target_name(const Context& context, const Dialect& dialect);

// preSql or postSql, with the table in place of @table.
std::vector<std::string> target_statements(const Context& context, const Dialect& dialect, std::string_view parameter);

// `no such table in database "shop" of db1:3306 as "bob": ordres (did you mean "orders"?)`, with what there is.
Problem no_such_target(const TableName& table, std::string_view place, std::span<const std::string> there);

// A column of the schema that the writer wants. `meta`: what Arrow cannot say (sluice.type), or ""; `length`: the most
// characters or bytes, -1 when there is no limit.
Field wanted_field(const TableColumn& column, const Type& type, const std::string& meta, int64_t length);

}  // namespace sluice::sql
