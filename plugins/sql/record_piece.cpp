// SPDX-License-Identifier: Apache-2.0
#include "sql/record_piece.hpp"

#include <algorithm>

#include "sluice/error.hpp"

namespace sluice::sql {

RecordPiece::Held& RecordPiece::add(Batch batch, int64_t ordinal, Columns columns) {
  records_ += batch.size();
  held_.push_back({std::move(batch), ordinal, std::move(columns), {}});
  return held_.back();
}

void RecordPiece::refuse(Refusal refusal) {
  Held& held = held_[refusal.place.batch];
  if (held.refused.empty()) held.refused.resize(static_cast<size_t>(held.batch.size()));
  held.refused[static_cast<size_t>(refusal.place.row)] = true;
  refusals_.push_back(std::move(refusal));
}

RecordPlace RecordPiece::good_at(int64_t n) const {
  for (size_t b = 0; b < held_.size(); ++b) {
    const Held& held = held_[b];
    if (held.refused.empty()) {
      if (n < held.batch.size()) return {b, n};
      n -= held.batch.size();
      continue;
    }
    for (int64_t row = 0; row < held.batch.size(); ++row)
      if (!held.is_refused(row) && n-- == 0) return {b, row};
  }
  throw internal("the server names a record that was not sent");
}

void RecordPiece::settle(const Context& context) {
  std::sort(refusals_.begin(), refusals_.end(), [](const Refusal& a, const Refusal& b) {
    return a.place.batch != b.place.batch ? a.place.batch < b.place.batch : a.place.row < b.place.row;
  });
  for (const auto& refusal : refusals_)
    context.reject({.batch = held_[refusal.place.batch].ordinal,
                    .row = refusal.place.row,
                    .column = refusal.column,
                    .code = refusal.code,
                    .message = refusal.message,
                    .sqlstate = refusal.sqlstate});
  held_.clear();
  refusals_.clear();
  records_ = 0;
}

}  // namespace sluice::sql
