// SPDX-License-Identifier: Apache-2.0
// Rows as a server sends them, some at a time, so that they can be decoded column by column, which keeps each loop
// small. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sluice/batch_builder.hpp"
#include "sql/fault.hpp"

namespace sluice::sql {

// A value's bytes inside its row; size -1: NULL.
struct FieldBytes {
  const char* data;
  int64_t size;
};

// One column's values in a block.
struct FieldColumn {
  const FieldBytes* fields;
  size_t rows;
  size_t index;    // of the column
  bool is_padded;  // behind the begin of each value 16 bytes, and behind its end, may be read
};

// A value that no column can hold.
struct UnreadableValue {
  size_t row;  // of the block
  size_t column;
  Fault fault;
  std::string record = {};  // all its values, for people
};
using Unreadable = std::vector<UnreadableValue>;

class FieldBlock {
 public:
  explicit FieldBlock(size_t columns);

  static constexpr size_t most_rows = 64;
  static constexpr size_t most_bytes = size_t{128} << 10;
  static constexpr size_t longest_copied = size_t{16} << 10;

  // Adding a row: room for its bytes, end_row(). There is no room for a row that is longer than longest_copied: its
  // bytes stay where they are until the block is decoded.
  char* room(size_t bytes) { return bytes <= longest_copied ? copies_.get() + copied_ : nullptr; }
  void end_row(size_t bytes, bool is_copied);
  // Its fields, of all rows, to be filled in before the block is decoded.
  FieldBytes* column(size_t index) { return fields_.data() + index * most_rows; }
  const FieldBytes* column(size_t index) const { return fields_.data() + index * most_rows; }

  size_t columns() const { return columns_; }
  size_t rows() const { return rows_; }
  bool is_full() const { return rows_ == most_rows || bytes_ >= most_bytes; }
  size_t bytes() const { return bytes_; }
  FieldBytes at(size_t row, size_t column) const { return this->column(column)[row]; }

  // Appends a column's values to its builder. What the column cannot hold is anything there, and is named.
  using DecodeColumn = std::function<void(const FieldColumn&, ColumnBuilder&, Unreadable&)>;
  // Appends the good records to `builder` and empties the block. Answers the others, one value of each.
  Unreadable decode(BatchBuilder& builder, const DecodeColumn& decode_column,
                    const std::function<std::string(size_t row)>& record_text);

 private:
  void decode_columns(BatchBuilder& builder, const DecodeColumn& decode_column, Unreadable& unreadable) const;
  void remove(size_t row);
  void clear();

  const size_t columns_;
  size_t rows_ = 0;
  size_t bytes_ = 0;
  size_t copied_ = 0;
  bool is_padded_ = true;
  std::unique_ptr<char[]> copies_;
  std::vector<FieldBytes> fields_;  // of one column after the other, most_rows each
};

}  // namespace sluice::sql
