// SPDX-License-Identifier: Apache-2.0
#include "postgresql/decoder.hpp"

#include <algorithm>

#include "postgresql/byte_order.hpp"
#include "postgresql/decode_column.hpp"
#include "postgresql/value_text.hpp"
#include "sluice/error.hpp"

namespace sluice::postgresql {

Decoder::Decoder(std::vector<ColumnCodec> columns, bool check_text)
    : columns_(std::move(columns)), check_text_(check_text), fields_(columns_.size() * block_rows) {
  rows_.reserve(block_rows);
}

void Decoder::add(CopyRow row) {
  std::string_view bytes = row.fields();
  bytes_ += bytes.size();
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  FieldBytes* field = fields_.data() + rows_.size();
  for (size_t i = 0; i < columns_.size(); ++i, field += block_rows) {
    if (end - at < 4) throw bad_data("a row of the server's COPY stream has too few fields");
    const auto size = load_big<int32_t>(at);
    at += 4;
    if (size > end - at) throw bad_data("a row of the server's COPY stream is cut off");
    *field = {at, size};
    if (size > 0) at += size;
  }
  rows_.push_back(std::move(row));
}

void Decoder::decode(BatchBuilder& builder) {
  const int64_t records = builder.size();
  unreadable_.clear();
  decode_columns(builder);
  if (!unreadable_.empty()) drop_unreadable(builder, records);
  rows_.clear();
  bytes_ = 0;
}

void Decoder::decode_columns(BatchBuilder& builder) {
  for (size_t i = 0; i < columns_.size(); ++i) {
    const ColumnBlock block{fields_.data() + i * block_rows, rows_.size(), i, columns_[i], check_text_};
    decode_column(block, builder.column(i), unreadable_);
  }
}

// Once more, without the records that failed.
void Decoder::drop_unreadable(BatchBuilder& builder, int64_t records) {
  builder.truncate(records);
  std::stable_sort(unreadable_.begin(), unreadable_.end(), [](const auto& a, const auto& b) { return a.row < b.row; });
  const auto same_row = [](const auto& a, const auto& b) { return a.row == b.row; };
  unreadable_.erase(std::unique(unreadable_.begin(), unreadable_.end(), same_row), unreadable_.end());
  for (auto& bad : unreadable_) bad.record = record_text(bad.row);
  for (auto bad = unreadable_.rbegin(); bad != unreadable_.rend(); ++bad) {
    for (size_t i = 0; i < columns_.size(); ++i) {
      FieldBytes* const column = fields_.data() + i * block_rows;
      std::move(column + bad->row + 1, column + rows_.size(), column + bad->row);
    }
    rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(bad->row));
  }
  std::vector<UnreadableValue> found;
  found.swap(unreadable_);
  decode_columns(builder);
  unreadable_.swap(found);
}

std::string Decoder::record_text(size_t row) const {
  std::string out;
  for (size_t i = 0; i < columns_.size(); ++i) {
    const FieldBytes& field = fields_[i * block_rows + row];
    out += i == 0 ? "" : ", ";
    out += field.size < 0 ? "NULL" : value_text(columns_[i], {field.data, static_cast<size_t>(field.size)});
  }
  return out;
}

}  // namespace sluice::postgresql
