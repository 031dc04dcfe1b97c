// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "record/batch.hpp"
#include "record/buffer.hpp"
#include "record/column.hpp"
#include "record/schema.hpp"

namespace sluice::record {

// The finished memory of one column. Which buffers are used depends on the type.
struct OwnedColumn {
  std::int64_t rows = 0;
  std::int64_t nulls = 0;
  Buffer validity;  // empty: no NULL
  Buffer values;    // fixed-width values, bits of booleans, or offsets
  Buffer bytes;     // of texts and binaries
};

// To read what is finished, without a batch around it.
ColumnView view_of(const OwnedColumn&, const Type&);

// One column of a batch: memory of its own, or column `index` of another batch, shared.
struct Part {
  OwnedColumn owned;
  SharedBatch shared;
  std::size_t index = 0;
};

// A batch of the given columns, all `rows` long.
Batch assemble(std::vector<Part> parts, const Schema&, std::int64_t rows);

// Appends cells to one column, in row order. One thread.
class ColumnBuilder {
 public:
  explicit ColumnBuilder(const Type&);

  void append_null();
  void append_boolean(bool);
  // A value of the column's own width: std::int32_t for int32 and date32, std::int64_t for timestamps ...
  template <class T>
  void append(T value) {
    append_value(&value, sizeof value);
  }
  void append_value(const void* value,
                    std::size_t width);  // little-endian, as Arrow keeps it (decimals: two's complement)
  void append_bytes(std::string_view);   // text or binary

  const Type& type() const { return type_; }
  std::int64_t rows() const { return column_.rows; }
  OwnedColumn finish();

 private:
  void mark(bool valid);
  void append_offset();

  Type type_;
  OwnedColumn column_;
};

// Builds a batch cell by cell: for values that come one at a time, not for the hot path. One thread.
//
//   BatchBuilder builder(schema);
//   builder.column(0).append<std::int64_t>(7);
//   builder.column(1).append_bytes("seven");
//   Batch batch = builder.finish();
class BatchBuilder {
 public:
  explicit BatchBuilder(const Schema&);  // keeps a reference
  ColumnBuilder& column(std::size_t i) { return columns_[i]; }
  // All columns must have the same number of rows. The builder is empty afterwards.
  Batch finish();

 private:
  const Schema& schema_;
  std::vector<ColumnBuilder> columns_;
};

}  // namespace sluice::record
