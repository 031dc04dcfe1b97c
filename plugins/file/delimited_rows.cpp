// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>
#include <map>

#include "row_writer.hpp"
#include "sluice/cell_texts.hpp"
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

// What csv and text share: cells between delimiters. Some rows at a time are made ready, column by column, so that
// what is true of a whole column is not asked for every cell; then each row is put together.
class DelimitedRows : public RowWriter {
 public:
  // `is_quick`: a text without anything special, that does not look like NULL, can be written as it is.
  DelimitedRows(const RowFormat& format, bool is_quick)
      : format_(format),
        may_clash_(may_clash(format.text)),
        is_quick_(is_quick),
        null_begin_(format.text.null_format.empty() ? byte_order_mark[0] : format.text.null_format[0]),
        cells_(format.types.size()),
        frame_(format.types.size() * format.text.field_delimiter.size() + format.text.line_delimiter.size() +
               CellTexts::padding) {}

  void begin(const Batch& batch) override {
    columns_.clear();
    for (std::size_t i = 0; i < format_.types.size(); ++i) columns_.push_back(batch.column(i, format_.types[i]));
    rows_ = batch.size();
    first_ = end_ = 0;
  }

  const Unwritable* append(std::int64_t row, Buffer& out) override {
    if (row >= end_) make_ready(row);
    if (are_large_) return append_large(row, out);
    if (!unwritable_.empty())
      if (const auto found = unwritable_.find(row); found != unwritable_.end()) return &found->second;
    put_rows(row, row + 1, 0, out);
    return nullptr;
  }

  std::int64_t append_some(std::int64_t row, std::size_t enough, Buffer& out) override {
    if (row >= end_) make_ready(row);
    if (are_large_ || !unwritable_.empty()) return 0;
    return put_rows(row, end_, enough, out);
  }

 protected:
  virtual const Unwritable* append_cell(std::string_view text, Buffer& out) = 0;
  virtual bool is_special_in(std::string_view texts) const = 0;
  const std::string& null_format() const { return format_.text.null_format; }

  const RowFormat format_;

 private:
  // Puts rows that are ready, one at least, until there are enough bytes; answers how many.
  std::int64_t put_rows(std::int64_t row, std::int64_t end, std::size_t enough, Buffer& out) const {
    const std::string_view delimiter = format_.text.field_delimiter, line_delimiter = format_.text.line_delimiter;
    char* const begin = out.make_room(static_cast<std::size_t>(end - row) * frame_ + cell_bytes_);
    const std::size_t wanted = enough - std::min(enough, out.size());
    const std::int64_t first = row;
    char* to = begin;
    do {
      const auto ready = static_cast<std::size_t>(row - first_);
      to = delimiter.size() == 1
               ? put_cells(cells_, ready, to, [c = delimiter[0]](char* at) { return *at = c, at + 1; })
               : put_cells(cells_, ready, to, [delimiter](char* at) { return put(delimiter, at); });
      if (!cells_.empty()) to -= delimiter.size();
      to = put(line_delimiter, to);
    } while (++row != end && static_cast<std::size_t>(to - begin) < wanted);
    out.used(static_cast<std::size_t>(to - begin));
    return row - first;
  }
  static char* put(std::string_view delimiter, char* to) { return std::copy(delimiter.begin(), delimiter.end(), to); }
  void make_ready(std::int64_t row) {
    first_ = row;
    end_ = std::min(rows_, row + static_cast<std::int64_t>(CellTexts::most_rows));
    unwritable_.clear();
    are_large_ = has_large_texts(columns_, first_, rows_ready());
    if (are_large_) return;
    cell_bytes_ = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (!take(columns_[i], cells_[i])) make(i);
      cell_bytes_ += cells_[i].all(rows_ready()).size();
    }
  }
  const Unwritable* append_large(std::int64_t row, Buffer& out) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (i != 0) file::append(out, format_.text.field_delimiter);
      if (columns_[i].is_null(row))
        file::append(out, null_format());
      else if (const Unwritable* why = append_value(columns_[i], row, out))
        return &unwritable_.insert_or_assign(row, at_column(*why, i)).first->second;
    }
    file::append(out, format_.text.line_delimiter);
    return nullptr;
  }
  std::size_t rows_ready() const { return static_cast<std::size_t>(end_ - first_); }
  // Texts that can be written as they stand in the batch. False when there is anything special about one of them.
  bool take(const ColumnView& column, CellTexts& cells) const {
    if (!is_quick_ || !column.type().is_text()) return false;
    const auto is_plain = [this](std::string_view text) {
      return !text.empty() && text[0] != null_begin_ && text[0] != byte_order_mark[0];
    };
    return cells.refer(column, first_, rows_ready(), is_plain) && !is_special_in(cells.all(rows_ready()));
  }
  void make(std::size_t index) {
    const ColumnView& column = columns_[index];
    if (column.type().is_variable() || may_clash_)
      make_each(index);
    else
      value_appender(column.type())
          .many(cells_[index], column, first_, rows_ready(), format_.date_pattern.get(), null_format());
  }
  void make_each(std::size_t index) {
    cells_[index].append_each(first_, rows_ready(), [&](std::int64_t row, Buffer& out) {
      if (columns_[index].is_null(row))
        file::append(out, null_format());
      else if (const Unwritable* why = append_value(columns_[index], row, out))
        unwritable_.try_emplace(row, at_column(*why, index));
    });
  }
  const Unwritable* append_value(const ColumnView& column, std::int64_t row, Buffer& out) {
    if (column.type().is_text()) return append_cell(column.text(row), out);
    const AppendValue append = value_appender(column.type()).one;
    if (!column.type().is_variable() && !may_clash_)
      return append(out, column, row, format_.date_pattern.get()), nullptr;
    scratch_.clear();
    append(scratch_, column, row, format_.date_pattern.get());
    return append_cell({scratch_.data(), scratch_.size()}, out);
  }
  static Unwritable at_column(Unwritable why, std::size_t column) {
    why.column = static_cast<std::int32_t>(column);
    return why;
  }

  const bool may_clash_;
  const bool is_quick_;
  const char null_begin_;
  std::vector<ColumnView> columns_;
  std::int64_t rows_ = 0;
  std::int64_t first_ = 0, end_ = 0;  // the rows that are ready
  bool are_large_ = false;
  std::size_t cell_bytes_ = 0;    // of all of them
  std::vector<CellTexts> cells_;  // of each column
  const std::size_t frame_;       // bytes of a row beside its cells, and what copy() may write too much
  std::map<std::int64_t, Unwritable> unwritable_;
  Buffer scratch_;
};

class CsvRows : public DelimitedRows {
 public:
  explicit CsvRows(const RowFormat& format)
      : DelimitedRows(format, true), special_(format.text.field_delimiter + "\"\r\n") {}

 private:
  const Unwritable* append_cell(std::string_view text, Buffer& out) override {
    if (needs_quotes(text))
      append_quoted(text, out);
    else
      file::append(out, text);
    return nullptr;
  }
  bool is_special_in(std::string_view texts) const override { return special_.in(texts); }

  // An empty text is quoted to be none of NULL and of a line without a character. A byte order mark would be dropped
  // at the begin of a file.
  bool needs_quotes(std::string_view text) const {
    return text.empty() || special_.in(text) || text == null_format() || text.starts_with(byte_order_mark);
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
  const Unwritable* append_cell(std::string_view text, Buffer& out) override {
    static constexpr Unwritable delimiter{-1, "text", "the value holds the delimiter; a text has no quotes, a csv has"};
    static constexpr Unwritable line_end{-1, "text", "the value holds a line end; a text has no quotes, a csv has"};
    static constexpr Unwritable null{-1, "text",
                                     "the value looks like NULL (nullFormat); a text has no quotes, a csv has"};
    if (text == null_format()) return &null;
    if (has_part_of(format_.text.field_delimiter, text)) return &delimiter;
    if (has_part_of(format_.text.line_delimiter, text)) return &line_end;
    if (special_.in(text)) {
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
