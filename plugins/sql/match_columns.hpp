// SPDX-License-Identifier: Apache-2.0
// Compares the job's columns with a table's, before anything is touched. All problems at once.
#pragma once

#include <string_view>
#include <vector>

#include "sluice/schema.hpp"
#include "sql/column_list.hpp"
#include "sql/table_shape.hpp"

namespace sluice::sql {

// Reader: fills in what ["*"] stands for, gives names their exact spelling, and turns an entry that reads like an
// expression into a name where the table has just that name ("order id"). A column that is not there is a problem.
void match_reader_columns(const Dialect& dialect, const TableShape& shape, ColumnList& columns, Problems& problems);

// Writer: the index in `shape.columns` of each column written, by position. Problems: a column that is not there or
// is computed; NOT NULL without default and not written; unequal counts; ["*"] on both sides with other names.
std::vector<size_t> match_writer_columns(const TableShape& shape, const ColumnList& columns, const Schema& input,
                                         Problems& problems);

// `no such column in orders: "idd" (did you mean "id"?)`, with what there is as the way out.
Problem no_such_column(std::string_view path, const TableShape& shape, std::string_view name);

}  // namespace sluice::sql
