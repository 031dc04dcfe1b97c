// SPDX-License-Identifier: Apache-2.0
// Records as the lines of LOAD DATA, some at a time.
#pragma once

#include <cstdint>
#include <vector>

#include "mysql/records.hpp"
#include "mysql/value_text.hpp"
#include "sluice/buffer.hpp"
#include "sluice/cell_texts.hpp"

namespace sluice::mysql {

class LoadLines {
 public:
  // Numbered: each record has its number in `records` first. `records` outlive this.
  LoadLines(const Records& records, Range range, bool numbered);

  bool is_at_end() const { return at_ == end_; }
  // Appends some more: a few lines, or a piece of one with a long text. Not at the end.
  void append(Buffer& out);

 private:
  int64_t neighbours() const;
  void append_lines(int64_t count, Buffer& out);
  bool append_piece(Buffer& out);

  const Records& records_;
  int64_t at_;
  const int64_t end_;
  const bool numbered_;
  std::vector<MakeCells> makers_;  // of each column
  std::vector<CellTexts> cells_;
  int64_t large_end_ = 0;         // up to there records are appended piece by piece
  size_t column_ = 0, byte_ = 0;  // where the line of the record goes on
};

}  // namespace sluice::mysql
