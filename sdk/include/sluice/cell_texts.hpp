// SPDX-License-Identifier: Apache-2.0
// Rows of text, put together from cells that were made column by column: what is true of a whole column is not asked
// for every cell, and each loop stays small. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "sluice/batch_view.hpp"
#include "sluice/buffer.hpp"

namespace sluice {

// The cells of one column in some rows, as they will stand in the text, one behind the other.
class CellTexts {
 public:
  // Few enough for all cells of these rows to stay in the innermost cache.
  static constexpr size_t most_rows = 64;
  // Bytes behind a row that copying its cells may write, and behind the cells that it may read.
  static constexpr size_t padding = 16;

  // Takes the texts as they stand in the batch, which outlives their use. False, and nothing is there, when is_plain()
  // is false for one of them, or when they are the last of the batch, behind which nothing may be read.
  template <class IsPlain>
  bool refer(const ColumnView& column, int64_t first, size_t rows, IsPlain is_plain) {
    const char* const texts = column.text(first).data();
    const char* end = texts;
    for (size_t i = 0; i < rows; ++i) {
      const int64_t row = first + static_cast<int64_t>(i);
      const std::string_view text = column.text(row);
      if (column.is_null(row) || !is_plain(text)) return false;
      end = text.data() + text.size();
      begins_[i + 1] = static_cast<uint32_t>(end - texts);
    }
    const std::string_view last = column.text(column.size() - 1);
    if (static_cast<size_t>(last.data() + last.size() - end) < padding) return false;
    texts_ = texts;
    return true;
  }

  // Makes them: write(column, row, to) writes the value of a row, which is not NULL, in at most `longest` bytes and
  // answers the end; `null` stands for the others.
  template <class Write>
  void write_each(const ColumnView& column, int64_t first, size_t rows, size_t longest, std::string_view null,
                  Write write) {
    const ColumnView values = column;  // nothing that is written can be taken for a part of it
    made_.clear();
    char* const begin = made_.make_room(rows * (longest > null.size() ? longest : null.size()) + padding);
    char* to = begin;
    for (size_t i = 0; i < rows; ++i) {
      const int64_t row = first + static_cast<int64_t>(i);
      to = values.is_null(row) ? null.copy(to, null.size()) + to : write(values, row, to);
      begins_[i + 1] = static_cast<uint32_t>(to - begin);
    }
    made_.used(static_cast<size_t>(to - begin));
    texts_ = begin;
  }

  // Makes them, of any length: append(row, out) appends the cell of a row, NULL or not.
  template <class Append>
  void append_each(int64_t first, size_t rows, Append append) {
    made_.clear();
    for (size_t i = 0; i < rows; ++i) {
      append(first + static_cast<int64_t>(i), made_);
      begins_[i + 1] = static_cast<uint32_t>(made_.size());
    }
    texts_ = made_.make_room(padding) - made_.size();
  }

  size_t size(size_t row) const { return begins_[row + 1] - begins_[row]; }
  std::string_view all(size_t rows) const { return {texts_, begins_[rows]}; }
  // Answers the end.
  char* copy(size_t row, char* to) const {
    const size_t count = size(row);
    Buffer::copy_padded(to, texts_ + begins_[row], count);
    return to + count;
  }

 private:
  const char* texts_ = nullptr;
  std::array<uint32_t, most_rows + 1> begins_{};
  Buffer made_;  // holds the texts, unless they are the batch's own
};

// Whether the texts of these rows are so large that another copy of them would cost time and memory: such rows are
// better written one by one, and CellTexts has no room for cells of 4 GiB.
inline bool has_large_texts(const std::vector<ColumnView>& columns, int64_t first, size_t rows) {
  constexpr size_t large = size_t{256} << 10;
  size_t bytes = 0;
  for (const ColumnView& column : columns) {
    if (!column.type().is_variable()) continue;
    const std::string_view last = column.text(first + static_cast<int64_t>(rows) - 1);
    bytes += static_cast<size_t>(last.data() + last.size() - column.text(first).data());
  }
  return bytes > large;
}

// Puts the cells of a row together, with a delimiter behind each; answers the end. put_delimiter(to) writes one and
// answers its end. Nothing but locals in the loop: what is written could change any member, as far as can be told.
template <class PutDelimiter>
char* put_cells(const std::vector<CellTexts>& cells, size_t row, char* to, PutDelimiter put_delimiter) {
  const CellTexts* const end = cells.data() + cells.size();
  for (const CellTexts* cell = cells.data(); cell != end; ++cell) to = put_delimiter(cell->copy(row, to));
  return to;
}

}  // namespace sluice
