// SPDX-License-Identifier: Apache-2.0
// Values as the server reads them in text.
#pragma once

#include <string>

#include "postgresql/encoder.hpp"

namespace sluice::postgresql {

// Sets `out` to the text of a value that is not NULL.
Fault value_as_text(const ColumnCodec& codec, const ColumnView& column, int64_t row, std::string& out);

// COPY's text format.
class TextEncoder : public Encoder {
 public:
  explicit TextEncoder(const std::vector<ColumnCodec>& codecs) : codecs_(codecs) {}
  const char* options() const override { return "(FORMAT text)"; }
  void begin(Buffer&) const override {}
  void set_batch(const Columns& columns) override { columns_ = &columns; }
  RecordFault append(int64_t row, Buffer& out) override;
  void end(Buffer&) const override {}

 private:
  std::vector<ColumnCodec> codecs_;
  const Columns* columns_ = nullptr;
  std::string text_;
};

}  // namespace sluice::postgresql
