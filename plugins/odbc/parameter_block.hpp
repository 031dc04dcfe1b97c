// SPDX-License-Identifier: Apache-2.0
// The parameters of one INSERT, many records at a time: an array a column. All arrays together have at most the bytes
// that bound one execution, or those of one record that is larger.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "odbc/parameter_codec.hpp"
#include "odbc/statement.hpp"
#include "sluice/buffer_memory.hpp"

namespace sluice::odbc {

class ParameterBlock {
 public:
  // `statement` (prepared) and `codecs` outlive the block. `most_records` and `most_bytes` bound one execution.
  ParameterBlock(Statement& statement, const std::vector<ParameterCodec>& codecs, size_t most_records,
                 size_t most_bytes, BufferMemory memory);

  // The driver takes more than one record at a time.
  bool takes_arrays() const { return takes_arrays_; }
  void take_single_records() { takes_arrays_ = false; }

  // How many of the records fit one execution; at least one.
  size_t fit(const std::vector<ColumnView>& columns, std::span<const int64_t> rows) const;
  void load(const std::vector<ColumnView>& columns, std::span<const int64_t> rows);
  // Nothing when all loaded records were written; else why not: some of them may have been.
  std::optional<Diagnosis> execute();
  // The driver said nothing and did not do it: it knows no arrays.
  bool was_ignored() const { return processed_ != loaded_ && loaded_ > 1; }

 private:
  struct Column {
    size_t at = 0, stride = 0;  // of its cells
    std::vector<SQLLEN> lengths;
  };

  void load_column(size_t index, const ColumnView& view, std::span<const int64_t> rows);
  size_t stride_of(size_t index, const ColumnView& view, std::span<const int64_t> rows) const;

  Statement& statement_;
  const std::vector<ParameterCodec>& codecs_;
  size_t most_records_, most_bytes_;
  bool takes_arrays_ = false;
  std::vector<Column> columns_;
  std::vector<char> cells_;  // of all columns
  BufferMemory memory_;      // of the cells
  std::vector<SQLUSMALLINT> states_;
  SQLULEN processed_ = 0;
  size_t loaded_ = 0;
};

}  // namespace sluice::odbc
