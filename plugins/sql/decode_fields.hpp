// SPDX-License-Identifier: Apache-2.0
// Loops over a block's values of one column; each appends all of them.
#pragma once

#include <algorithm>
#include <string_view>

#include "sql/field_block.hpp"

namespace sluice::sql {

inline bool has_null(const FieldColumn& column) {
  return std::any_of(column.fields, column.fields + column.rows,
                     [](const FieldBytes& field) { return field.size < 0; });
}

inline std::string_view text_of(const FieldBytes& field) { return {field.data, static_cast<size_t>(field.size)}; }

// `append` appends one value, or answers why it cannot.
template <class Append>
void decode_each(const FieldColumn& column, ColumnBuilder& builder, Unreadable& unreadable, Append append) {
  for (size_t i = 0; i < column.rows; ++i) {
    const FieldBytes& field = column.fields[i];
    if (field.size < 0) {
      builder.append_null();
      continue;
    }
    const Fault fault = append(text_of(field));
    if (!fault) [[likely]]
      continue;
    builder.append_null();
    unreadable.push_back({i, column.index, fault});
  }
}

// Values of one width: `convert` makes one of a text, or answers why it cannot.
template <class Out, class Convert>
void decode_fixed(const FieldColumn& column, ColumnBuilder& builder, Unreadable& unreadable, Convert convert) {
  if (has_null(column)) {
    decode_each(column, builder, unreadable, [&](std::string_view text) {
      Out value{};
      const Fault fault = convert(text, value);
      if (!fault) builder.append<Out>(value);
      return fault;
    });
    return;
  }
  Out* const out = builder.extend<Out>(column.rows);
  for (size_t i = 0; i < column.rows; ++i) {
    // Straight into place: a wide value that is copied right after its halves were stored waits for both.
    if (const Fault fault = convert(text_of(column.fields[i]), out[i]); fault) [[unlikely]] {
      out[i] = Out{};
      unreadable.push_back({i, column.index, fault});
    }
  }
}

inline void decode_texts(const FieldColumn& column, ColumnBuilder& builder) {
  if (!column.is_padded || has_null(column)) {
    Unreadable none;
    decode_each(column, builder, none, [&](std::string_view text) {
      builder.append_text(text);
      return Fault{};
    });
    return;
  }
  size_t bytes = 0;
  for (size_t i = 0; i < column.rows; ++i) bytes += static_cast<size_t>(column.fields[i].size);
  builder.append_padded_texts(column.rows, bytes, [&](size_t i) { return text_of(column.fields[i]); });
}

}  // namespace sluice::sql
