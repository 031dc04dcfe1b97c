// SPDX-License-Identifier: Apache-2.0
// The records of a piece that are to be written, by number: what the encoders take.
#pragma once

#include <cstdint>
#include <vector>

#include "mysql/write_column.hpp"
#include "sql/record_piece.hpp"

namespace sluice::mysql {

class Records {
 public:
  // Those of the piece that are not refused. The piece outlives this.
  Records(const sql::RecordPiece& piece, const std::vector<WriteColumn>& columns) : piece_(piece), columns_(columns) {
    places_.reserve(static_cast<size_t>(piece.good()));
    piece.for_each([&](const sql::RecordPiece::Held&, sql::RecordPlace place) { places_.push_back(place); });
  }

  int64_t size() const { return static_cast<int64_t>(places_.size()); }
  const std::vector<WriteColumn>& columns() const { return columns_; }
  sql::RecordPlace place(int64_t n) const { return places_[static_cast<size_t>(n)]; }
  const sql::Columns& values(int64_t n) const { return piece_.held()[place(n).batch].columns; }
  int64_t row(int64_t n) const { return place(n).row; }

  // About how many bytes the record takes in a packet, at most.
  uint64_t bytes(int64_t n) const {
    uint64_t sum = 0;
    const sql::Columns& all = values(n);
    for (size_t i = 0; i < all.size(); ++i) {
      sum += columns_[i].is_text() && !all[i].is_null(row(n)) ? 16 + 2 * all[i].text(row(n)).size() : 48;
    }
    return sum;
  }

 private:
  const sql::RecordPiece& piece_;
  const std::vector<WriteColumn>& columns_;
  std::vector<sql::RecordPlace> places_;
};

// Some of them, one after another.
struct Range {
  int64_t first, count;
  uint64_t bytes = 0;  // about, in a packet
};

}  // namespace sluice::mysql
