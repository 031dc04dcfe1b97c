// SPDX-License-Identifier: Apache-2.0
// preSql, postSql and session: the user's own statements, in order.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sql/quote.hpp"

namespace sluice::sql {

// Puts the (quoted) table where `@table` stands in code; texts, quoted names and comments stay as they are, and so do
// @table_old and @@table.
std::string substitute_table(const Dialect& dialect, std::string_view sql, std::string_view quoted_table);

// The statements of a parameter, @table replaced; entries without any code are left out. An entry stays one text,
// with all its semicolons.
std::vector<std::string> prepare_statements(const Dialect& dialect, std::span<const std::string> entries,
                                            std::string_view quoted_table);

// Cuts an entry at its semicolons, for stores that execute one statement at a time. CREATE TRIGGER, PROCEDURE,
// FUNCTION and EVENT, and blocks (BEGIN ..., DECLARE ...), stay whole.
std::vector<std::string> split_statements(const Dialect& dialect, std::string_view sql);

}  // namespace sluice::sql
