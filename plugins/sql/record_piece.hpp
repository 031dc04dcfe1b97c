// SPDX-License-Identifier: Apache-2.0
// The records since the last flush: kept until every one of them has its verdict.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sluice/batch_view.hpp"
#include "sluice/context.hpp"

namespace sluice::sql {

using Columns = std::vector<ColumnView>;

// A record's place in the piece.
struct RecordPlace {
  size_t batch;  // index in the piece
  int64_t row;
};

// Why a record is not written.
struct Refusal {
  RecordPlace place;
  int32_t column = -1;
  std::string code, message, sqlstate = {};
};

class RecordPiece {
 public:
  struct Held {
    Batch batch;
    int64_t ordinal;
    Columns columns;
    std::vector<bool> refused;  // empty while there is none
    bool is_refused(int64_t row) const { return !refused.empty() && refused[static_cast<size_t>(row)]; }
  };

  bool empty() const { return held_.empty(); }
  const std::vector<Held>& held() const { return held_; }
  // `columns`: views of the batch's columns.
  Held& add(Batch batch, int64_t ordinal, Columns columns);

  void refuse(Refusal refusal);
  // Records without a refusal.
  int64_t good() const { return records_ - static_cast<int64_t>(refusals_.size()); }
  // The n-th record, from 0, of those without a refusal.
  RecordPlace good_at(int64_t n) const;
  // for_each(place) over all records without a refusal, in order.
  template <class Each>
  void for_each(Each each) const {
    for (size_t b = 0; b < held_.size(); ++b)
      for (int64_t row = 0; row < held_[b].batch.size(); ++row)
        if (!held_[b].is_refused(row)) each(held_[b], RecordPlace{b, row});
  }

  // Hands every refusal to the host, and lets all records go.
  void settle(const Context& context);

 private:
  std::vector<Held> held_;
  std::vector<Refusal> refusals_;
  int64_t records_ = 0;
};

}  // namespace sluice::sql
