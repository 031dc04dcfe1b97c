// SPDX-License-Identifier: Apache-2.0
#include "mysql/insert_rows.hpp"

#include <string>

#include "mysql/value_text.hpp"

namespace sluice::mysql {

namespace {

void append(std::string_view text, Buffer& out) { out.append(text.data(), text.size()); }

// A time is a text, a number stands for itself.
bool is_quoted(Form form) { return form == Form::date || form == Form::time || form == Form::timestamp; }

void append_value(const WriteColumn& column, const ColumnView& values, int64_t row, Buffer& out) {
  if (column.is_text()) return append_quoted(values.text(row), column.form == Form::bytes, out);
  char text[longest_value];
  const std::string_view value(text, write_value(column, values, row, text));
  if (is_quoted(column.form)) return append_quoted(value, false, out);
  append(value, out);
}

}  // namespace

void append_rows(const Records& records, Range range, bool numbered, Buffer& out) {
  append("VALUES ", out);
  for (int64_t n = range.first; n < range.first + range.count; ++n) {
    append(n == range.first ? "(" : ", (", out);
    if (numbered) append(std::to_string(n) + ", ", out);
    const sql::Columns& values = records.values(n);
    for (size_t i = 0; i < values.size(); ++i) {
      const WriteColumn& column = records.columns()[i];
      if (i > 0) append(", ", out);
      if (!values[i].is_null(records.row(n)))
        append_value(column, values[i], records.row(n), out);
      else
        append(column.skips_null && !column.counts_up && !numbered ? "DEFAULT" : "NULL", out);
    }
    append(")", out);
  }
}

}  // namespace sluice::mysql
