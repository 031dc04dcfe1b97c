// SPDX-License-Identifier: Apache-2.0
// How a column's values travel in the text protocol, and which column of a batch they are.
#pragma once

#include <string>

#include "mysql/result_column.hpp"
#include "sluice/schema.hpp"

namespace sluice::mysql {

enum class Codec {
  nothing,  // SELECT NULL
  int8,
  int16,  // year, too
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  float32,  // read as a double: the text of a float has six digits
  float64,
  decimal,  // decimal128 or decimal256
  date,
  time,      // up to 838:59:59, so a duration
  datetime,  // a wall-clock time
  instant,   // a timestamp, read as seconds since 1970
  bits,      // <-> "0101"
  text,
  binary
};

struct ColumnCodec {
  Codec codec = Codec::text;
  Type type = {};         // of the batch's column
  std::string meta = {};  // sluice.type: what Arrow cannot say
  int64_t length = -1;    // the most characters or bytes
  int bits = 0;           // of a bit column

  // The expression as it is selected.
  std::string select(const std::string& expression) const;
  // How values travel, as a number: equal ones are decoded alike.
  int wire() const { return static_cast<int>(codec) * 128 + bits; }
  bool is_selected_as_is() const { return codec != Codec::float32 && codec != Codec::instant; }
};

ColumnCodec codec_of(const ResultColumn& column);

}  // namespace sluice::mysql
