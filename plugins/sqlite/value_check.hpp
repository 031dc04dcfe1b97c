// SPDX-License-Identifier: Apache-2.0
// Values that SQLite would store as something else, found before they are written: NaN (NULL there), numbers beyond
// what a column of NUMERIC affinity keeps, texts that would become numbers, years beyond 9999.
#pragma once

#include <vector>

#include "sluice/batch_view.hpp"
#include "sqlite/cell.hpp"
#include "sqlite/declared_type.hpp"

namespace sluice::sqlite {

// Why a value, not NULL, would not arrive as it is; nullptr when it does.
using CheckValue = const BadCell* (*)(const ColumnView&, int64_t row);

// nullptr: every value of this type arrives.
CheckValue check_value(const DeclaredType& declared, const Type& type);

struct BadValue {
  int64_t row;
  size_t column;
  const BadCell* why;
};

// Appends the bad values of one column.
void find_bad_values(const ColumnView& view, size_t column, CheckValue check, std::vector<BadValue>& found);

// One a row, the first column that is to blame, in row order.
void keep_first_of_each_row(std::vector<BadValue>& found);

}  // namespace sluice::sqlite
