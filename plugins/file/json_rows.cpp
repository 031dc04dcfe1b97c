// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "row_writer.hpp"
#include "value_text.hpp"

namespace sluice::file {

namespace {

bool needs_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

void append_escape(char c, Buffer& out) {
  static constexpr char digits[] = "0123456789abcdef";
  switch (c) {
    case '\n':
      return append(out, "\\n");
    case '\r':
      return append(out, "\\r");
    case '\t':
      return append(out, "\\t");
    case '"':
      return append(out, "\\\"");
    case '\\':
      return append(out, "\\\\");
    default: {
      const auto code = static_cast<unsigned char>(c);
      const char escape[] = {'\\', 'u', '0', '0', digits[code >> 4], digits[code & 15]};
      return append(out, {escape, sizeof escape});
    }
  }
}

void append_string(std::string_view text, Buffer& out) {
  append(out, "\"");
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!needs_escape(text[i])) continue;
    append(out, text.substr(begin, i - begin));
    append_escape(text[i], out);
    begin = i + 1;
  }
  append(out, text.substr(begin));
  append(out, "\"");
}

// An object a line. Numbers keep all their digits; what JSON has no number for (NaN, infinity) is a string.
class JsonRows : public RowWriter {
 public:
  explicit JsonRows(const RowFormat& format) : format_(format) {
    for (std::size_t i = 0; i < format.names.size(); ++i) {
      Buffer key;
      file::append(key, i == 0 ? "{" : ",");
      append_string(format.names[i], key);
      file::append(key, ":");
      keys_.emplace_back(key.data(), key.size());
    }
  }

  void begin(const Batch& batch) override {
    cells_.clear();
    for (std::size_t i = 0; i < format_.types.size(); ++i)
      cells_.push_back({batch.column(i, format_.types[i]), value_appender(format_.types[i]).one});
  }

  const Unwritable* append(std::int64_t row, Buffer& out) override {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      file::append(out, keys_[i]);
      append_cell(cells_[i], row, out);
    }
    file::append(out, cells_.empty() ? "{}" : "}");
    file::append(out, format_.text.line_delimiter);
    return nullptr;
  }

 private:
  struct Cell {
    ColumnView view;
    AppendValue append_value;
  };

  void append_cell(const Cell& cell, std::int64_t row, Buffer& out) const {
    if (cell.view.is_null(row)) return file::append(out, "null");
    if (cell.view.type().is_text()) return append_string(cell.view.text(row), out);
    const bool quoted = is_quoted(cell.view, row);
    if (quoted) file::append(out, "\"");
    cell.append_value(out, cell.view, row, format_.date_pattern.get());
    if (quoted) file::append(out, "\"");
  }
  static bool is_quoted(const ColumnView& cell, std::int64_t row) {
    switch (json_form(cell.type())) {
      case JsonForm::plain:
        return false;
      case JsonForm::quoted:
        return true;
      case JsonForm::number_or_quoted:
        break;
    }
    return cell.type().id == TypeId::float32 ? !std::isfinite(cell.value<float>(row))
                                             : !std::isfinite(cell.value<double>(row));
  }

  const RowFormat format_;
  std::vector<std::string> keys_;
  std::vector<Cell> cells_;
};

}  // namespace

std::unique_ptr<RowWriter> json_rows(const RowFormat& format) { return std::make_unique<JsonRows>(format); }

}  // namespace sluice::file
