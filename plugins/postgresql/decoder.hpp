// SPDX-License-Identifier: Apache-2.0
// Turns rows of COPY BINARY into columns. Rows are collected in blocks and decoded column by column, which keeps each
// loop small. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "postgresql/codec.hpp"
#include "postgresql/copy_out.hpp"
#include "sluice/batch_builder.hpp"

namespace sluice::postgresql {

// A value that no column can hold: infinity, NaN, a date after the year 294246.
struct UnreadableValue {
  size_t row;  // of the block
  size_t column;
  const char* code;
  const char* message;
  std::string record = {};  // all its values, for people
};

// A value's bytes inside its row; size -1: NULL.
struct FieldBytes {
  const char* data;
  int32_t size;
};

class Decoder {
 public:
  // `check_text`: the server does not promise UTF-8 (its encoding is SQL_ASCII).
  Decoder(std::vector<ColumnCodec> columns, bool check_text);

  static constexpr size_t block_rows = 64;
  static constexpr size_t block_bytes = size_t{128} << 10;

  void add(CopyRow row);
  size_t rows() const { return row_count_; }
  bool is_full() const { return row_count_ == block_rows || bytes_ >= block_bytes; }

  // Appends the block's good records to `builder` and empties the block. The others are in `unreadable()` until the
  // next block is decoded.
  void decode(BatchBuilder& builder);
  const std::vector<UnreadableValue>& unreadable() const { return unreadable_; }

 private:
  void find_fields(std::string_view bytes);
  void decode_columns(BatchBuilder& builder);
  void drop_unreadable(BatchBuilder& builder, int64_t records);
  std::string record_text(size_t row) const;

  std::vector<ColumnCodec> columns_;
  bool check_text_;
  std::vector<CopyRow> rows_;  // long ones; the bytes of the others are in short_rows_
  size_t row_count_ = 0;
  size_t bytes_ = 0;
  std::unique_ptr<char[]> short_rows_;
  size_t short_bytes_ = 0;
  std::vector<FieldBytes> fields_;  // of one column after the other, block_rows each
  std::vector<UnreadableValue> unreadable_;
};

}  // namespace sluice::postgresql
