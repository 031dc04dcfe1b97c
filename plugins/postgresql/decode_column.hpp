// SPDX-License-Identifier: Apache-2.0
// Decodes one column of a block of rows.
#pragma once

#include <vector>

#include "postgresql/decoder.hpp"

namespace sluice::postgresql {

struct ColumnBlock {
  const FieldBytes* fields;
  size_t rows;
  size_t index;  // of the column
  const ColumnCodec& codec;
  bool check_text;
};

// Appends `block.rows` values; those that cannot be held are NULL there and named in `unreadable`.
void decode_column(const ColumnBlock& block, ColumnBuilder& builder, std::vector<UnreadableValue>& unreadable);

}  // namespace sluice::postgresql
