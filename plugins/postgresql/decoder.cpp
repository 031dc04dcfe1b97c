// SPDX-License-Identifier: Apache-2.0
#include "postgresql/decoder.hpp"

#include <cstring>

#include "postgresql/byte_order.hpp"
#include "postgresql/decode_column.hpp"
#include "postgresql/value_text.hpp"
#include "sluice/error.hpp"

namespace sluice::postgresql {

namespace {
constexpr uint32_t null_size = 0xFFFFFFFF;
}

Decoder::Decoder(std::vector<ColumnCodec> columns, bool check_text)
    : columns_(std::move(columns)), check_text_(check_text), block_(columns_.size()) {}

// libpq allocates every row: a short one is copied, so that the allocator gets it back at once and warm.
void Decoder::add(CopyRow row) {
  const std::string_view bytes = row.fields();
  char* const copy = block_.room(bytes.size());
  if (copy != nullptr) {
    find_fields(bytes, copy);
    std::memcpy(copy, bytes.data(), bytes.size());
  } else {
    find_fields(bytes, bytes.data());
    rows_.push_back(std::move(row));
  }
  block_.end_row(bytes.size(), copy != nullptr);
}

void Decoder::find_fields(std::string_view bytes, const char* place) {
  const char* at = bytes.data();
  const ptrdiff_t moved = place - at;
  const char* const end = at + bytes.size();
  sql::FieldBytes* field = block_.fields();
  for (size_t left = columns_.size(); left > 0; --left, field += sql::FieldBlock::stride) {
    if (end - at < 4) throw bad_data("a row of the server's COPY stream has too few fields");
    const auto size = load_big<uint32_t>(at);
    at += 4;
    if (size > static_cast<size_t>(end - at)) [[unlikely]] {
      if (size != null_size) throw bad_data("a row of the server's COPY stream is cut off");
      *field = {at + moved, -1};
      continue;
    }
    *field = {at + moved, size};
    at += size;
  }
}

void Decoder::decode(BatchBuilder& builder) {
  const auto decode_one = [&](const sql::FieldColumn& column, ColumnBuilder& to, sql::Unreadable& unreadable) {
    decode_column({column, columns_[column.index], check_text_}, to, unreadable);
  };
  unreadable_ = block_.decode(builder, decode_one, [&](size_t row) { return record_text(row); });
  rows_.clear();
}

std::string Decoder::record_text(size_t row) const {
  std::string out;
  for (size_t i = 0; i < columns_.size(); ++i) {
    const sql::FieldBytes field = block_.at(row, i);
    out += i == 0 ? "" : ", ";
    out += field.size < 0 ? "NULL" : value_text(columns_[i], {field.data, static_cast<size_t>(field.size)});
  }
  return out;
}

}  // namespace sluice::postgresql
