// SPDX-License-Identifier: Apache-2.0
#include "sql/field_block.hpp"

#include <algorithm>

namespace sluice::sql {

namespace {
constexpr size_t padding = 16;
}

FieldBlock::FieldBlock(size_t columns)
    : columns_(columns),
      copies_(std::make_unique<char[]>(most_bytes + longest_copied + padding)),
      fields_(columns * most_rows) {}

void FieldBlock::end_row(size_t bytes, bool is_copied) {
  if (is_copied)
    copied_ += bytes;
  else
    is_padded_ = false;
  bytes_ += bytes;
  ++rows_;
}

Unreadable FieldBlock::decode(BatchBuilder& builder, const DecodeColumn& decode_column,
                              const std::function<std::string(size_t row)>& record_text) {
  const int64_t records = builder.size();
  Unreadable unreadable;
  decode_columns(builder, decode_column, unreadable);
  if (!unreadable.empty()) {  // once more, without the records that failed
    builder.truncate(records);
    const auto before = [](const auto& a, const auto& b) { return a.row < b.row; };
    const auto same_row = [](const auto& a, const auto& b) { return a.row == b.row; };
    std::stable_sort(unreadable.begin(), unreadable.end(), before);
    unreadable.erase(std::unique(unreadable.begin(), unreadable.end(), same_row), unreadable.end());
    for (auto& bad : unreadable) bad.record = record_text(bad.row);
    for (auto bad = unreadable.rbegin(); bad != unreadable.rend(); ++bad) remove(bad->row);
    Unreadable none;
    decode_columns(builder, decode_column, none);
  }
  clear();
  return unreadable;
}

void FieldBlock::decode_columns(BatchBuilder& builder, const DecodeColumn& decode_column,
                                Unreadable& unreadable) const {
  for (size_t i = 0; i < columns_; ++i) decode_column({column(i), rows_, i, is_padded_}, builder.column(i), unreadable);
}

void FieldBlock::remove(size_t row) {
  for (size_t i = 0; i < columns_; ++i) {
    FieldBytes* const fields = column(i);
    std::move(fields + row + 1, fields + rows_, fields + row);
  }
  --rows_;
}

void FieldBlock::clear() {
  rows_ = bytes_ = copied_ = 0;
  is_padded_ = true;
}

}  // namespace sluice::sql
