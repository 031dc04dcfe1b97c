// SPDX-License-Identifier: Apache-2.0
#include "postgresql/decoder.hpp"

#include "postgresql/byte_order.hpp"
#include "postgresql/decode_column.hpp"
#include "postgresql/row_length.hpp"
#include "postgresql/value_text.hpp"
#include "sluice/error.hpp"

namespace sluice::postgresql {

Decoder::Decoder(std::vector<ColumnCodec> columns, bool check_text)
    : columns_(std::move(columns)), check_text_(check_text), block_(columns_.size()) {}

void Decoder::add(CopyRow& row) {
  const std::string_view fields = row.fields;
  unread_[block_.rows()] = {fields.data(), fields.data() + fields.size()};
  const bool is_in_room = row.own == nullptr;
  if (!is_in_room) rows_.push_back(std::move(row.own));
  block_.end_row(static_cast<size_t>(fields.end() - (is_in_room ? room().data() : fields.data())), is_in_room);
}

// One column of all rows after the other: where a field begins is known when the length of the one before it is there,
// and while one row waits for that, others go on.
void Decoder::find_fields() {
  const size_t rows = block_.rows();
  Unread* const unread = unread_.data();
  for (size_t column = 0; column < columns_.size(); ++column) {
    sql::FieldBytes* const field = block_.column(column);
    for (size_t row = 0; row < rows; ++row) {
      const char* const at = unread[row].at;
      const auto left = static_cast<size_t>(unread[row].end - at);
      if (left < 4) [[unlikely]]
        throw bad_data("a row of the server's COPY stream has too few fields");
      size_t size = load_big<uint32_t>(at);
      field[row] = {at + 4, static_cast<int64_t>(size)};
      if (size + 4 > left) [[unlikely]] {
        if (size != null_size) throw bad_data("a row of the server's COPY stream is cut off");
        field[row].size = -1;
        size = 0;
      }
      unread[row].at = at + 4 + size;
    }
  }
}

void Decoder::decode(BatchBuilder& builder) {
  find_fields();
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
