// SPDX-License-Identifier: Apache-2.0
// Cells of SQLite into columns of a batch: exactly, or not at all.
#pragma once

#include <sqlite3.h>

#include <string>

#include "sluice/batch_builder.hpp"
#include "sqlite/declared_type.hpp"

namespace sluice::sqlite {

// Why a cell does not fit its column. Static data.
struct BadCell {
  const char* code;
  const char* message;
};

// Appends the value; answers why not when it does not fit (then nothing was appended). `value` belongs to a connection
// whose mutex is held.
const BadCell* append_cell(const DeclaredType& type, sqlite3_value* value, ColumnBuilder& column);

// The value as text, for a dirty record.
std::string cell_text(sqlite3_value* value);

}  // namespace sluice::sqlite
