// SPDX-License-Identifier: Apache-2.0
// Turns records of a batch into rows of a COPY stream.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "postgresql/codec.hpp"
#include "sluice/batch_builder.hpp"
#include "sluice/batch_view.hpp"
#include "sql/fault.hpp"
#include "sql/record_piece.hpp"

namespace sluice::postgresql {

using sql::Columns;
using sql::Fault;

// The views of a batch's columns, in the types that the writer wants.
Columns columns_of(const Batch& batch, const std::vector<ColumnCodec>& codecs);

struct RecordFault {
  Fault fault;
  int32_t column = -1;
};

// One COPY format. One thread.
class Encoder {
 public:
  virtual ~Encoder() = default;
  // "(FORMAT binary)"
  virtual const char* options() const = 0;
  virtual void begin(Buffer& out) const = 0;
  // The records that follow are of these columns, which outlive that. Records that follow each other are quickest.
  virtual void set_batch(const Columns& columns) = 0;
  // Appends one record, or nothing of it when a value has a fault.
  virtual RecordFault append(int64_t row, Buffer& out) = 0;
  virtual void end(Buffer& out) const = 0;
};

// COPY BINARY, when every column has a binary form; else COPY's text format.
std::unique_ptr<Encoder> make_encoder(const std::vector<ColumnCodec>& codecs);
bool is_binary(const std::vector<ColumnCodec>& codecs);

// For sorting records out on the server: a number, then every column as the bytes of its text.
class StagingEncoder {
 public:
  explicit StagingEncoder(const std::vector<ColumnCodec>& codecs) : codecs_(codecs) {}
  void begin(Buffer& out) const;
  void append(int64_t number, const Columns& columns, int64_t row, Buffer& out);
  void end(Buffer& out) const;

 private:
  const std::vector<ColumnCodec>& codecs_;
  std::string text_;
};

}  // namespace sluice::postgresql
