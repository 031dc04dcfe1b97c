// SPDX-License-Identifier: Apache-2.0
#include "postgresql/encode_binary.hpp"

#include <algorithm>

namespace sluice::postgresql {

namespace {

// Few enough for the cells of all columns to stay in the innermost cache.
constexpr int64_t records_at_once = 64;

}  // namespace

void begin_binary(Buffer& out) { out.append("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19); }
void end_binary(Buffer& out) { out.append("\377\377", 2); }

BinaryEncoder::BinaryEncoder(const std::vector<ColumnCodec>& codecs) : codecs_(codecs) {
  for (size_t i = 0; i < codecs_.size(); ++i) makers_.emplace_back(codecs_[i], i);
  cells_.resize(codecs_.size() * static_cast<size_t>(records_at_once));
}

void BinaryEncoder::begin(Buffer& out) const { begin_binary(out); }
void BinaryEncoder::end(Buffer& out) const { end_binary(out); }

void BinaryEncoder::set_batch(const Columns& columns) {
  columns_ = &columns;
  first_ = end_ = 0;
}

void BinaryEncoder::make_ready(int64_t row) {
  const int64_t rows = columns_->empty() ? row + 1 : columns_->front().size();
  first_ = row;
  end_ = std::min(rows, row + records_at_once);
  faults_.clear();
  for (size_t i = 0; i < makers_.size(); ++i)
    makers_[i].make((*columns_)[i], {first_, end_ - first_, makers_.size()}, cells_.data(), faults_);
}

RecordFault BinaryEncoder::append(int64_t row, Buffer& out) {
  if (row < first_ || row >= end_) make_ready(row);
  for (const CellFault& found : faults_)
    if (found.row == row) return {found.fault, found.column};
  const size_t columns = makers_.size();
  const BinaryCell* const begin = cells_.data() + static_cast<size_t>(row - first_) * columns;
  size_t most = 2 + BinaryCell::slack;
  for (size_t i = 0; i < columns; ++i) most += begin[i].most();
  char* const to = out.make_room(most);
  char* at = store_big(to, static_cast<int16_t>(columns));
  for (size_t i = 0; i < columns; ++i) at = begin[i].copy(at);
  out.used(static_cast<size_t>(at - to));
  return {};
}

}  // namespace sluice::postgresql
