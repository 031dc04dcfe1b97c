// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>

#include "row_writer.hpp"
#include "special_bytes.hpp"
#include "value_text.hpp"

namespace sluice::file {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Whether a value that is no text may look like the delimiter or like NULL.
bool may_clash(const TextFormat& format) {
  const auto in_values = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string_view(" +-./:=").find(c) != std::string::npos;
  };
  const std::string& null = format.null_format;
  const bool null_is_value = !null.empty() && (std::all_of(null.begin(), null.end(), in_values));
  return null_is_value || std::any_of(format.field_delimiter.begin(), format.field_delimiter.end(), in_values);
}

// What csv and text share: cells between delimiters.
class DelimitedRows : public RowWriter {
 public:
  // `is_quick`: a text without anything special, that does not look like NULL, can be written as it is.
  DelimitedRows(const RowFormat& format, bool is_quick)
      : format_(format),
        may_clash_(may_clash(format.text)),
        is_quick_(is_quick),
        delimiter_(format.text.field_delimiter[0]),
        null_begin_(format.text.null_format.empty() ? byte_order_mark[0] : format.text.null_format[0]) {}

  void begin(const Batch& batch) override {
    cells_.clear();
    for (std::size_t i = 0; i < format_.types.size(); ++i) {
      const ColumnView view = batch.column(i, format_.types[i]);
      const bool is_text = view.type().is_text();
      const bool as_text = view.type().is_variable() || may_clash_;
      const std::string_view all = is_text ? all_texts(view) : std::string_view();
      cells_.push_back({view, as_text, is_text, is_text && !is_special_in(all), all.data() + all.size()});
    }
  }

  const Unwritable* append(std::int64_t row, Buffer& out) override {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const Cell& cell = cells_[i];
      if (i != 0) append_delimiter(out);
      if (cell.view.is_null(row))
        file::append(out, format_.text.null_format);
      else if (!cell.as_text)
        append_value(out, cell.view, row, format_.date_pattern.get());
      else if (const Unwritable* why = append_text(cell, row, out))
        return at_column(*why, i);
    }
    file::append(out, format_.text.line_delimiter);
    return nullptr;
  }

 protected:
  virtual const Unwritable* append_cell(std::string_view text, bool is_plain, Buffer& out) = 0;
  virtual bool is_special_in(std::string_view texts) const = 0;
  const std::string& null_format() const { return format_.text.null_format; }

  const RowFormat format_;

 private:
  struct Cell {
    ColumnView view;
    bool as_text;
    bool is_text;
    bool is_plain;    // no text of the batch holds anything special
    const char* end;  // of all texts
  };

  static std::string_view all_texts(const ColumnView& view) {
    if (view.size() == 0) return {};
    const std::string_view last = view.text(view.size() - 1);
    const char* const begin = view.text(0).data();
    return {begin, static_cast<std::size_t>(last.data() + last.size() - begin)};
  }
  void append_delimiter(Buffer& out) const {
    if (format_.text.field_delimiter.size() == 1)
      out.push(delimiter_);
    else
      file::append(out, format_.text.field_delimiter);
  }
  const Unwritable* append_text(const Cell& cell, std::int64_t row, Buffer& out) {
    if (!cell.is_text) return append_as_text(cell, row, out);
    const std::string_view text = cell.view.text(row);
    if (!is_quick_ || text.empty() || text[0] == null_begin_ || text[0] == byte_order_mark[0])
      return append_cell(text, cell.is_plain, out);
    if (!cell.is_plain && is_special_in(text)) return append_cell(text, false, out);
    if (cell.end - text.data() >= 16)
      out.append_padded(text.data(), text.size());
    else
      file::append(out, text);
    return nullptr;
  }
  const Unwritable* append_as_text(const Cell& cell, std::int64_t row, Buffer& out) {
    scratch_.clear();
    append_value(scratch_, cell.view, row, format_.date_pattern.get());
    return append_cell({scratch_.data(), scratch_.size()}, false, out);
  }
  const Unwritable* at_column(Unwritable why, std::size_t column) {
    why.column = static_cast<std::int32_t>(column);
    unwritable_ = why;
    return &unwritable_;
  }

  const bool may_clash_;
  const bool is_quick_;
  const char delimiter_;
  const char null_begin_;
  std::vector<Cell> cells_;
  Buffer scratch_;
  Unwritable unwritable_{};
};

class CsvRows : public DelimitedRows {
 public:
  explicit CsvRows(const RowFormat& format)
      : DelimitedRows(format, true), special_(format.text.field_delimiter + "\"\r\n") {}

 private:
  const Unwritable* append_cell(std::string_view text, bool is_plain, Buffer& out) override {
    if (needs_quotes(text, is_plain))
      append_quoted(text, out);
    else
      file::append(out, text);
    return nullptr;
  }
  bool is_special_in(std::string_view texts) const override { return special_.in(texts); }

  // An empty text is quoted to be none of NULL and of a line without a character. A byte order mark would be dropped
  // at the begin of a file.
  bool needs_quotes(std::string_view text, bool is_plain) const {
    return text.empty() || (!is_plain && special_.in(text)) || text == null_format() ||
           text.starts_with(byte_order_mark);
  }
  static void append_quoted(std::string_view text, Buffer& out) {
    char* to = out.make_room(2 * text.size() + 2);
    char* const begin = to;
    *to++ = '"';
    for (const char c : text) {
      if (c == '"') *to++ = '"';
      *to++ = c;
    }
    *to++ = '"';
    out.used(static_cast<std::size_t>(to - begin));
  }

  const SpecialBytes special_;
};

// No quotes: what clashes with the format cannot be written.
class TextRows : public DelimitedRows {
 public:
  explicit TextRows(const RowFormat& format)
      : DelimitedRows(format, format.text.field_delimiter.size() == 1 && format.text.line_delimiter.size() == 1),
        special_(std::string{format.text.field_delimiter[0], format.text.line_delimiter[0], '\r', '\n'}) {}

 private:
  const Unwritable* append_cell(std::string_view text, bool is_plain, Buffer& out) override {
    static constexpr Unwritable delimiter{-1, "text", "the value holds the delimiter; a text has no quotes, a csv has"};
    static constexpr Unwritable line_end{-1, "text", "the value holds a line end; a text has no quotes, a csv has"};
    static constexpr Unwritable null{-1, "text",
                                     "the value looks like NULL (nullFormat); a text has no quotes, a csv has"};
    if (text == null_format()) return &null;
    if (has_part_of(format_.text.field_delimiter, text)) return &delimiter;
    if (has_part_of(format_.text.line_delimiter, text)) return &line_end;
    if (!is_plain && special_.in(text)) {
      if (text.find(format_.text.field_delimiter) != std::string_view::npos) return &delimiter;
      if (text.find(format_.text.line_delimiter) != std::string_view::npos) return &line_end;
      if (text.find_first_of("\r\n") != std::string_view::npos && has_usual_lines()) return &line_end;
    }
    file::append(out, text);
    return nullptr;
  }
  bool is_special_in(std::string_view texts) const override { return special_.in(texts); }
  // "a|" before the delimiter "||" would be read as "a" and "|...".
  static bool has_part_of(const std::string& delimiter, std::string_view text) {
    if (delimiter.size() < 2) return false;
    const std::string_view tail = text.substr(text.size() - std::min(text.size(), delimiter.size() - 1));
    return (std::string(tail) + delimiter).find(delimiter) != tail.size();
  }
  bool has_usual_lines() const { return format_.text.line_delimiter.find('\n') != std::string::npos; }

  const SpecialBytes special_;
};

}  // namespace

std::unique_ptr<RowWriter> csv_rows(const RowFormat& format) { return std::make_unique<CsvRows>(format); }

std::unique_ptr<RowWriter> text_rows(const RowFormat& format) { return std::make_unique<TextRows>(format); }

std::string header_line(const TextFormat& format, const std::vector<std::string>& names) {
  const SpecialBytes special(format.field_delimiter + "\"\r\n");
  std::string line;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i != 0) line += format.field_delimiter;
    if (format.format != Format::csv || !special.in(names[i])) {
      line += names[i];
      continue;
    }
    line += '"';
    for (const char c : names[i]) line += c == '"' ? std::string("\"\"") : std::string(1, c);
    line += '"';
  }
  return line + format.line_delimiter;
}

std::unique_ptr<RowWriter> make_row_writer(const RowFormat& format) {
  switch (format.text.format) {
    case Format::text:
      return text_rows(format);
    case Format::jsonl:
      return json_rows(format);
    case Format::csv:
      break;
  }
  return csv_rows(format);
}

}  // namespace sluice::file
