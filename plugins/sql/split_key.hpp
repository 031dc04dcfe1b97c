// SPDX-License-Identifier: Apache-2.0
// The column by whose ranges a table is read in pieces.
#pragma once

#include <string>
#include <vector>

#include "sql/named_table.hpp"
#include "sql/problem.hpp"
#include "sql/quote.hpp"
#include "sql/table_shape.hpp"

namespace sluice::sql {

// splitPk when it is one of `leading`, the columns that lead a sorted index; otherwise what the primary key starts
// with, or "". A splitPk that is not there is a problem, one that leads no index a warning.
std::string choose_split_key(const Context& context, const Dialect& dialect, const TableShape& shape,
                             const std::vector<std::string>& leading, const NamedTable& named, Problems& problems);

}  // namespace sluice::sql
