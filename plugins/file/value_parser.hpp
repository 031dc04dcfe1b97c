// SPDX-License-Identifier: Apache-2.0
// Turns the text of one column's values into what its builder holds. One thread.
#pragma once

#include <string>
#include <string_view>

#include "column.hpp"
#include "decimal_text.hpp"
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
  // The same for `count` texts within a window, none of them empty, of `bytes` bytes together, when all of them have
  // the usual form of the type. False when not: then nothing was appended.
  template <class TextOf>
  bool append_usual(std::size_t count, std::size_t bytes, TextOf text_of) {
    switch (kind_) {
      case Kind::text:
        builder_.append_padded_texts(count, bytes, text_of);
        return true;
      case Kind::integer:
        return append_each<std::int64_t>(
            count, text_of, [](std::string_view text, std::int64_t& out) { return parse_usual_integer(text, out); });
      case Kind::decimal:
        return append_each<Int128>(count, text_of, [this](std::string_view text, Int128& out) {
          return parse_usual_decimal(text, precision_, scale_, out);
        });
      case Kind::date:
        return is_iso_date_ && append_each<std::int32_t>(count, text_of, [](std::string_view text, std::int32_t& out) {
                 return parse_usual_date(text, out);
               });
      default:
        return false;
    }
  }

 private:
  template <class Value, class TextOf, class Parse>
  bool append_each(std::size_t count, TextOf text_of, Parse parse) {
    const std::int64_t before = builder_.size();
    Value* const values = builder_.extend<Value>(count);
    for (std::size_t i = 0; i < count; ++i) {
      if (parse(text_of(i), values[i])) continue;
      while (builder_.size() > before) builder_.drop_last();
      return false;
    }
    return true;
  }
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
  bool is_iso_date_;  // the format is yyyy-MM-dd
  ColumnBuilder& builder_;
};

}  // namespace sluice::file
