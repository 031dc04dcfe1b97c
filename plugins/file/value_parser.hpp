// SPDX-License-Identifier: Apache-2.0
// Turns the text of one column's values into what its builder holds. One thread.
#pragma once

#include <string>
#include <string_view>

#include "column.hpp"
#include "sluice/batch_builder.hpp"

namespace sluice::file {

class ValueParser {
 public:
  ValueParser(const Column& column, ColumnBuilder& builder);

  // Whether an empty text is a value of the type.
  bool takes_empty() const { return kind_ == Kind::text || kind_ == Kind::bytes; }
  void append_null() { builder_.append_null(); }
  // Appends the value, or answers why the text is none of the type: static text. An empty text is NULL unless
  // the column is one of texts or bytes.
  const char* append(std::string_view text) {
    if (kind_ == Kind::text) return builder_.append_text(text), nullptr;
    return append_typed(text);
  }
  // The same, for a text within a window, behind which there are bytes to read.
  const char* append_in_window(std::string_view text) {
    if (kind_ == Kind::text) return builder_.append_padded_text(text), nullptr;
    return append_typed(text);
  }

 private:
  const char* append_typed(std::string_view text);
  const char* append_empty();
  const char* append_integer(std::string_view text);
  const char* append_unsigned(std::string_view text);
  const char* append_number(std::string_view text);
  const char* append_boolean(std::string_view text);
  const char* append_decimal(std::string_view text);
  const char* append_time(std::string_view text);
  const char* append_bytes(std::string_view text);

  Kind kind_;
  int precision_;
  int scale_;
  const DatePattern* format_;
  ColumnBuilder& builder_;
};

}  // namespace sluice::file
