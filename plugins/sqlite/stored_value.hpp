// SPDX-License-Identifier: Apache-2.0
// How the values of one column of a batch reach SQLite: straight from the batch's memory, texts uncopied.
#pragma once

#include <sqlite3.h>

#include "sluice/batch_view.hpp"
#include "sqlite/declared_type.hpp"

namespace sluice::sqlite {

// Hands one value, not NULL, to SQLite. Which one a column needs depends on both types.
using PutValue = void (*)(sqlite3_context*, const ColumnView&, int64_t row);

// `type` is what wanted_type() answered. Values are expected to have passed the check of value_check.hpp.
PutValue put_value(const DeclaredType& declared, const Type& type);

}  // namespace sluice::sqlite
