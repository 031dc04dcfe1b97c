// SPDX-License-Identifier: Apache-2.0
// How one result column is fetched, and how its cells become Arrow's values. [any-thread]
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "odbc/column_type.hpp"
#include "sluice/batch_builder.hpp"

namespace sluice::odbc {

// Why a cell cannot be taken. Fixed texts.
struct CellFault {
  const char* code;
  const char* message;
};

struct ResultCodec;
// Appends one cell, which is not NULL; answers what is wrong with it, or NULL.
using DecodeCell = const CellFault* (*)(std::string_view cell, const ResultCodec& codec, ColumnBuilder& out);

struct ResultCodec {
  ArrowType arrow;
  SQLSMALLINT c_type;        // what the driver is asked for
  size_t cell;               // bytes of one bound cell
  size_t terminator = 0;     // bytes of it that the driver ends texts with
  bool is_variable = false;  // may be longer than the cell
  bool is_plain = false;     // a cell is the value itself, arrow.type.width() bytes of it
  DecodeCell decode = nullptr;

  size_t room() const { return cell - terminator; }
};

// Cells of longer values are fetched again in pieces.
inline constexpr size_t longest_cell = 2048;

// The SQL that selects the (quoted) column without loss; the column itself where the driver can be trusted.
std::string exact_sql(const ColumnType& type, const Product& product, const std::string& quoted);

// `exactly`: the column is selected through exact_sql.
ResultCodec codec_to_read(const ColumnType& type, const Product& product, bool exactly);

}  // namespace sluice::odbc
