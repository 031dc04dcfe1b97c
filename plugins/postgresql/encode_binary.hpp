// SPDX-License-Identifier: Apache-2.0
// The values of COPY BINARY.
#pragma once

#include "postgresql/encoder.hpp"

namespace sluice::postgresql {

class BinaryEncoder : public Encoder {
 public:
  explicit BinaryEncoder(const std::vector<ColumnCodec>& codecs);
  const char* options() const override { return "(FORMAT binary)"; }
  void begin(Buffer& out) const override;
  RecordFault append(const Columns& columns, int64_t row, Buffer& out) override;
  void end(Buffer& out) const override;

 private:
  std::vector<ColumnCodec> codecs_;
  size_t fixed_ = 0;  // the most bytes of a record without its texts
  std::string text_;
};

// The stream's frame.
void begin_binary(Buffer& out);
void end_binary(Buffer& out);

}  // namespace sluice::postgresql
