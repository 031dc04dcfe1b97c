// SPDX-License-Identifier: Apache-2.0
// Decodes one column of a block of rows.
#pragma once

#include "postgresql/codec.hpp"
#include "sql/field_block.hpp"

namespace sluice::postgresql {

struct ColumnBlock : sql::FieldColumn {
  const ColumnCodec& codec;
  bool check_text;
};

// Appends `block.rows` values; those that cannot be held are NULL there and named in `unreadable`.
void decode_column(const ColumnBlock& block, ColumnBuilder& builder, sql::Unreadable& unreadable);

}  // namespace sluice::postgresql
