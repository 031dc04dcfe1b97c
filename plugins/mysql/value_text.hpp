// SPDX-License-Identifier: Apache-2.0
// Values as the server reads them in text: in LOAD DATA, in the VALUES of a statement, and in bound parameters.
#pragma once

#include <cstdint>
#include <string_view>

#include "mysql/write_column.hpp"
#include "sluice/buffer.hpp"
#include "sluice/cell_texts.hpp"

namespace sluice::mysql {

// Room for any value but texts and bytes.
inline constexpr size_t longest_value = 128;

// Bytes written; for forms other than text and bytes. The value is not NULL and was checked (check_for).
size_t write_value(const WriteColumn& column, const ColumnView& values, int64_t row, char* out);

// NULL as a field of LOAD DATA.
inline constexpr std::string_view null_field = "\\N";

// Makes the fields of LOAD DATA of a column, in so many rows from `first` on; their values were checked.
using MakeCells = void (*)(CellTexts& cells, const ColumnView& values, int64_t first, size_t rows);
MakeCells cell_maker(const WriteColumn& column);

// The number in a column of Form::integer or Form::bits, of 64 bits; how to read it says the column's stage type.
int64_t number_in(const WriteColumn& column, const ColumnView& values, int64_t row);
// The number in a column of Form::floating.
double floating_in(const WriteColumn& column, const ColumnView& values, int64_t row);

// Appends the text with a backslash before \ tab and line feed: a field of LOAD DATA.
void append_field(std::string_view text, Buffer& out);
// Appends '...', or _binary'...'.
void append_quoted(std::string_view text, bool is_binary, Buffer& out);

}  // namespace sluice::mysql
