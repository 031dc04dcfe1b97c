// SPDX-License-Identifier: Apache-2.0
// Builds the SELECT of a reader.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sql/column_list.hpp"
#include "sql/problem.hpp"
#include "sql/quote.hpp"

namespace sluice::sql {

struct Select {
  std::vector<std::string> columns;  // SQL of each
  std::string from;                  // quoted
  std::vector<std::string>
      where;  // conditions, joined by AND; each is put in parentheses when it has an OR or is the user's
  std::string order_by = {};
};

// SELECT a, b FROM t WHERE (user's where) AND k >= ? ORDER BY ...; conditions that are "" are left out.
std::string build_select(const Select& select);

// The user's where, ready for Select::where; "" stays "".
std::string user_condition(const Dialect& dialect, std::string_view where);

// The parts of a column list.
std::vector<std::string> sql_of(const ColumnList& columns);

// What is wrong with a where: the word WHERE in front, a LIMIT (it would be applied to each split), open quotes and
// parentheses.
void check_where(const Dialect& dialect, std::string_view where, Problems& problems);

}  // namespace sluice::sql
