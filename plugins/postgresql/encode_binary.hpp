// SPDX-License-Identifier: Apache-2.0
// The values of COPY BINARY.
#pragma once

#include "postgresql/binary_cells.hpp"
#include "postgresql/encoder.hpp"

namespace sluice::postgresql {

class BinaryEncoder : public Encoder {
 public:
  explicit BinaryEncoder(const std::vector<ColumnCodec>& codecs);
  const char* options() const override { return "(FORMAT binary)"; }
  void begin(Buffer& out) const override;
  void set_batch(const Columns& columns) override;
  RecordFault append(int64_t row, Buffer& out) override;
  void end(Buffer& out) const override;

 private:
  void make_ready(int64_t row);

  const std::vector<ColumnCodec> codecs_;
  const Columns* columns_ = nullptr;
  std::vector<BinaryCells> makers_;  // one a column
  std::vector<BinaryCell> cells_;    // of the records [first_, end_), record by record
  std::vector<CellFault> faults_;    // of these, column by column
  int64_t first_ = 0, end_ = 0;
};

// The stream's frame.
void begin_binary(Buffer& out);
void end_binary(Buffer& out);

}  // namespace sluice::postgresql
