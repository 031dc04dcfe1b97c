// SPDX-License-Identifier: Apache-2.0
// The values of one column in some records, as COPY BINARY has them. They are made column by column, so that what is
// true of a whole column is not asked for every value, and memory is read in order.
#pragma once

#include <cstdint>
#include <vector>

#include "postgresql/byte_order.hpp"
#include "postgresql/codec.hpp"
#include "sluice/batch_view.hpp"
#include "sluice/buffer.hpp"
#include "sql/fault.hpp"

namespace sluice::postgresql {

// A length and the bytes of a value.
struct BinaryCell {
  const char* bytes;
  int32_t length;  // as it is sent
  uint32_t size : 30;
  uint32_t is_short_of_room : 1;  // behind the bytes nothing may be read
  uint32_t has_version : 1;       // a byte before them

  // How much may be written behind a cell that is copied.
  static constexpr size_t slack = 16;

  // How much is written, or a byte more.
  size_t most() const { return 4 + 1 + size; }
  // Answers the end.
  char* copy(char* to) const {
    std::memcpy(to, &length, 4);
    to += 4;
    if (has_version) *to++ = 1;
    if (!is_short_of_room)
      Buffer::copy_padded(to, bytes, size);
    else if (size != 0)
      std::memcpy(to, bytes, size);
    return to + size;
  }
};

// A value that the server cannot hold.
struct CellFault {
  int64_t row;
  int32_t column;
  sql::Fault fault;
};

class BinaryCells {
 public:
  // Of the column `index`. The codec outlives this.
  BinaryCells(const ColumnCodec& codec, size_t index) : codec_(&codec), index_(index) {}

  // The records [first, first + count) of a batch with so many columns: their cells stand at cells[index],
  // cells[index + columns] ... as long as the column does, until the next call.
  struct Records {
    int64_t first, count;
    size_t columns;
  };
  void make(const ColumnView& column, Records records, BinaryCell* cells, std::vector<CellFault>& faults);

 private:
  class Making;

  const ColumnCodec* codec_;
  size_t index_;
  Buffer made_;
};

}  // namespace sluice::postgresql
