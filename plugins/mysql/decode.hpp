// SPDX-License-Identifier: Apache-2.0
// Turns the texts of one column into its values. [any-thread]
#pragma once

#include "mysql/codec.hpp"
#include "sluice/batch_builder.hpp"
#include "sql/field_block.hpp"

namespace sluice::mysql {

// Appends a column's values; those that no column can hold are named in `unreadable`. Throws SLUICE_BAD_DATA when a
// text is none that a server sends.
void decode_column(const ColumnCodec& codec, const sql::FieldColumn& column, ColumnBuilder& out,
                   sql::Unreadable& unreadable);

}  // namespace sluice::mysql
