// SPDX-License-Identifier: Apache-2.0
#include "postgresql/decoder.hpp"

#include <algorithm>
#include <cstring>

#include "postgresql/byte_order.hpp"
#include "postgresql/decode_column.hpp"
#include "postgresql/value_text.hpp"
#include "sluice/error.hpp"

namespace sluice::postgresql {

namespace {
constexpr size_t longest_short_row = 2048;
}

Decoder::Decoder(std::vector<ColumnCodec> columns, bool check_text)
    : columns_(std::move(columns)),
      check_text_(check_text),
      short_rows_(std::make_unique_for_overwrite<char[]>(block_rows * longest_short_row)),
      fields_(columns_.size() * block_rows) {}

// libpq allocates every row: a short one is copied, so that the allocator gets it back at once and warm.
void Decoder::add(CopyRow row) {
  std::string_view bytes = row.fields();
  bytes_ += bytes.size();
  if (bytes.size() <= longest_short_row) {
    char* const copy = short_rows_.get() + short_bytes_;
    std::memcpy(copy, bytes.data(), bytes.size());
    short_bytes_ += bytes.size();
    find_fields({copy, bytes.size()});
  } else {
    find_fields(bytes);
    rows_.push_back(std::move(row));
  }
  ++row_count_;
}

void Decoder::find_fields(std::string_view bytes) {
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  FieldBytes* field = fields_.data() + row_count_;
  for (size_t i = 0; i < columns_.size(); ++i, field += block_rows) {
    if (end - at < 4) throw bad_data("a row of the server's COPY stream has too few fields");
    const auto size = load_big<int32_t>(at);
    at += 4;
    if (size > end - at) throw bad_data("a row of the server's COPY stream is cut off");
    *field = {at, size};
    if (size > 0) at += size;
  }
}

void Decoder::decode(BatchBuilder& builder) {
  const int64_t records = builder.size();
  unreadable_.clear();
  decode_columns(builder);
  if (!unreadable_.empty()) drop_unreadable(builder, records);
  rows_.clear();
  row_count_ = bytes_ = short_bytes_ = 0;
}

void Decoder::decode_columns(BatchBuilder& builder) {
  for (size_t i = 0; i < columns_.size(); ++i) {
    const ColumnBlock block{fields_.data() + i * block_rows, row_count_, i, columns_[i], check_text_};
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
      std::move(column + bad->row + 1, column + row_count_, column + bad->row);
    }
    --row_count_;
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
