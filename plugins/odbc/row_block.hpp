// SPDX-License-Identifier: Apache-2.0
// Fetches a result in blocks, bound column by column, and decodes them into batches.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "odbc/result_codec.hpp"
#include "odbc/statement.hpp"
#include "sluice/buffer_memory.hpp"

namespace sluice::odbc {

// A record that cannot be taken.
struct BadRecord {
  int32_t column;  // -1: the driver refused it as a whole
  std::string code, message, raw;
};

class RowBlock {
 public:
  // `fetch_size`: records of a block; 0: as many as fit. `statement`, `codecs` and `memory` outlive the block.
  RowBlock(Statement& statement, const std::vector<ResultCodec>& codecs, int64_t fetch_size, BufferMemory& memory);

  // Of its buffers, but for values that are larger than a block.
  static size_t most_bytes(const std::vector<ResultCodec>& codecs, int64_t fetch_size);
  // Records at a time: 1 where the driver cannot give long values of a block again.
  size_t records_at_a_time() const { return capacity_; }

  // The next block; false at the end. Called when all records of the last one were decoded.
  bool fetch();
  bool is_empty() const { return at_ == rows_; }
  // Appends records to all columns of `out`, until it has `most_records` or `most_bytes`, or the block is empty.
  void decode(BatchBuilder& out, uint64_t most_records, uint64_t most_bytes,
              const std::function<void(BadRecord)>& on_bad);

 private:
  struct Column {
    std::vector<char> cells;
    std::vector<SQLLEN> lengths;
  };

  void bind();
  bool is_cut(size_t column, size_t row) const;
  bool needs_care() const;
  bool decode_columns(BatchBuilder& out, size_t count);
  bool decode_column(size_t column, ColumnBuilder& out, size_t count) const;
  std::optional<BadRecord> decode_record(BatchBuilder& out);
  std::optional<std::string_view> cell(size_t column);
  std::optional<std::string_view> read_in_pieces(size_t column);

  Statement& statement_;
  const std::vector<ResultCodec>& codecs_;
  BufferMemory& memory_;
  std::vector<Column> columns_;
  std::vector<SQLUSMALLINT> states_;
  size_t capacity_ = 1, bytes_ = 0;
  bool is_bound_ = true;
  bool has_warnings_ = false;
  SQLULEN fetched_ = 0;
  size_t rows_ = 0, at_ = 0;
  size_t positioned_ = 0;  // row + 1 that the cursor stands on
  std::vector<char> piece_;
};

}  // namespace sluice::odbc
