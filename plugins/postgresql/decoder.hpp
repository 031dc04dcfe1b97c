// SPDX-License-Identifier: Apache-2.0
// Turns rows of COPY BINARY into columns. Rows are collected in blocks and decoded column by column, which keeps each
// loop small. One thread.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "postgresql/codec.hpp"
#include "postgresql/copy_out.hpp"
#include "sluice/batch_builder.hpp"
#include "sql/field_block.hpp"

namespace sluice::postgresql {

class Decoder {
 public:
  // `check_text`: the server does not promise UTF-8 (its encoding is SQL_ASCII).
  Decoder(std::vector<ColumnCodec> columns, bool check_text);

  // For the next row.
  std::span<char> room() { return {block_.room(sql::FieldBlock::longest_copied), sql::FieldBlock::longest_copied}; }
  // One that was read into room(), or has memory of its own, which is taken over.
  void add(CopyRow& row);
  size_t rows() const { return block_.rows(); }
  size_t bytes() const { return block_.bytes(); }
  bool is_full() const { return block_.is_full(); }

  // Appends the block's good records to `builder` and empties the block. The others are in `unreadable()` until the
  // next block is decoded.
  void decode(BatchBuilder& builder);
  const sql::Unreadable& unreadable() const { return unreadable_; }

 private:
  // What is left of a row.
  struct Unread {
    const char* at;
    const char* end;
  };

  void find_fields();
  std::string record_text(size_t row) const;

  std::vector<ColumnCodec> columns_;
  bool check_text_;
  std::vector<std::unique_ptr<char[]>> rows_;  // long ones; the others are in the block's room
  sql::FieldBlock block_;
  std::array<Unread, sql::FieldBlock::most_rows> unread_{};
  sql::Unreadable unreadable_;
};

}  // namespace sluice::postgresql
