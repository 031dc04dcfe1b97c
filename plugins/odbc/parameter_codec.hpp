// SPDX-License-Identifier: Apache-2.0
// How values of one column are handed to a driver. [any-thread]
#pragma once

#include <cstddef>

#include "odbc/column_type.hpp"
#include "odbc/result_codec.hpp"
#include "sluice/batch_view.hpp"

namespace sluice::odbc {

struct ParameterCodec;
// Why a value that is not NULL must not be written; NULL when nothing is wrong.
using CheckValue = const CellFault* (*)(const ColumnView& column, int64_t row, const ParameterCodec& codec);
// Writes a value, which passed the check, into its cell; answers the bytes.
using EncodeValue = size_t (*)(const ColumnView& column, int64_t row, const ParameterCodec& codec, char* cell);

struct ParameterCodec {
  ArrowType arrow;         // wanted of the host's cast
  SQLSMALLINT c_type;      // of the cells
  SQLSMALLINT sql_type;    // of the column
  size_t size = 0;         // digits of a decimal, characters of a time; of texts and bytes: what the longest one has
  SQLSMALLINT digits = 0;  // behind the point
  size_t cell = 0;         // bytes; 0: as long as the longest value
  size_t unit = 1;         // of variable ones: bytes of the cell for each byte of the value
  bool four_digit_years = true;
  int most_digits = 0;  // that a decimal in a text may have; 0: any
  CheckValue check = nullptr;
  EncodeValue encode = nullptr;
};

ParameterCodec codec_to_write(const ColumnType& type, const Product& product);

}  // namespace sluice::odbc
