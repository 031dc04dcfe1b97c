// SPDX-License-Identifier: Apache-2.0
// Values that are no texts, written as text: exact, and read back by ValueParser. Any thread.
#pragma once

#include "date_time.hpp"
#include "sluice/batch_builder.hpp"
#include "sluice/batch_view.hpp"
#include "sluice/cell_texts.hpp"

namespace sluice::file {

// Appends the value at `row`, which is not NULL. `pattern`, when there is one, is for dates and timestamps. Binary
// becomes base64.
using AppendValue = void (*)(Buffer& out, const ColumnView& column, std::int64_t row, const DatePattern* pattern);

// Makes the cells of so many rows from `row` on, with `null` for those that are NULL.
using MakeCells = void (*)(CellTexts& cells, const ColumnView& column, std::int64_t row, std::size_t rows,
                           const DatePattern* pattern, std::string_view null);

struct ValueAppender {
  AppendValue one;
  MakeCells many;
};

// The one for columns of a type that is not utf8.
ValueAppender value_appender(const Type& type);

// How the values of a type are written in JSON.
enum class JsonForm { plain, quoted, number_or_quoted };
JsonForm json_form(const Type& type);

}  // namespace sluice::file
