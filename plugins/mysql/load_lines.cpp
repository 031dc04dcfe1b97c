// SPDX-License-Identifier: Apache-2.0
#include "mysql/load_lines.hpp"

#include <algorithm>

#include "sluice/digits.hpp"

namespace sluice::mysql {

namespace {

constexpr size_t longest_piece = size_t{64} << 10;  // of a text

void append_number(int64_t number, Buffer& out) {
  char* const begin = out.make_room(longest_integer + 1);
  char* const end = write_integer(number, begin);
  *end = '\t';
  out.used(static_cast<size_t>(end + 1 - begin));
}

}  // namespace

LoadLines::LoadLines(const Records& records, Range range, bool numbered)
    : records_(records),
      at_(range.first),
      end_(range.first + range.count),
      numbered_(numbered),
      cells_(records.columns().size()) {
  for (const WriteColumn& column : records.columns()) makers_.push_back(cell_maker(column));
}

void LoadLines::append(Buffer& out) {
  if (at_ >= large_end_) {
    const int64_t count = neighbours();
    if (!has_large_texts(records_.values(at_), records_.row(at_), static_cast<size_t>(count)))
      return append_lines(count, out);
    large_end_ = at_ + count;
  }
  if (append_piece(out)) ++at_;
}

// How many records from here on are neighbours in their batch: others may lie between.
int64_t LoadLines::neighbours() const {
  const sql::RecordPlace first = records_.place(at_);
  const int64_t most = std::min(end_ - at_, static_cast<int64_t>(CellTexts::most_rows));
  int64_t count = 1;
  for (; count < most; ++count) {
    const sql::RecordPlace next = records_.place(at_ + count);
    if (next.batch != first.batch || next.row != first.row + count) break;
  }
  return count;
}

void LoadLines::append_lines(int64_t count, Buffer& out) {
  const sql::Columns& values = records_.values(at_);
  const auto rows = static_cast<size_t>(count);
  size_t most_bytes = cells_.size() + CellTexts::padding;  // of a row: no more than all of them have
  for (size_t i = 0; i < cells_.size(); ++i) {
    makers_[i](cells_[i], values[i], records_.row(at_), rows);
    most_bytes += cells_[i].all(rows).size();
  }
  for (size_t row = 0; row < rows; ++row, ++at_) {
    if (numbered_) append_number(at_, out);
    char* const begin = out.make_room(most_bytes);
    char* const end = put_cells(cells_, row, begin, [](char* to) { return *to = '\t', to + 1; });
    end[-1] = '\n';
    out.used(static_cast<size_t>(end - begin));
  }
}

// One record, but of a long text only a piece at a time. False: the line goes on.
bool LoadLines::append_piece(Buffer& out) {
  const int64_t row = records_.row(at_);
  const sql::Columns& values = records_.values(at_);
  if (numbered_ && column_ == 0 && byte_ == 0) append_number(at_, out);
  for (; column_ < values.size(); ++column_, byte_ = 0) {
    const WriteColumn& column = records_.columns()[column_];
    if (values[column_].is_null(row)) {
      out.append(null_field.data(), null_field.size());
    } else if (column.is_text()) {
      const std::string_view text = values[column_].text(row).substr(byte_);
      append_field(text.substr(0, longest_piece), out);
      if (text.size() > longest_piece) {
        byte_ += longest_piece;
        return false;
      }
    } else {
      out.used(write_value(column, values[column_], row, out.make_room(longest_value)));
    }
    out.append(column_ + 1 == values.size() ? "\n" : "\t", 1);
  }
  column_ = 0;
  return true;
}

}  // namespace sluice::mysql
