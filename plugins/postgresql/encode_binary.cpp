// SPDX-License-Identifier: Apache-2.0
#include "postgresql/encode_binary.hpp"

#include <bit>

#include "postgresql/byte_order.hpp"
#include "postgresql/numeric.hpp"
#include "postgresql/server_value.hpp"

namespace sluice::postgresql {

namespace {

constexpr Fault not_a_uuid{"parse", "not a uuid"};
constexpr Fault unreadable_number{"parse", "not a number"};
constexpr Fault not_kept{"inexact", "the column keeps fewer digits than the number has"};
constexpr Fault too_long{"too-long", "a text longer than the column's type can hold"};

// Writes behind what a buffer holds. A record's fixed part is made room for once, texts ask for more.
class Cursor {
 public:
  Cursor(Buffer& out, size_t room) : out_(out), room_(room) { grow(out.size(), room); }
  void begin(int16_t columns) { at_ = store_big(at_, columns); }
  void finish() { out_.resize(static_cast<size_t>(at_ - out_.data())); }

  template <class T>
  void put(T value) {
    at_ = store_big(store_big(at_, static_cast<int32_t>(sizeof(T))), value);
  }
  void put_null() { at_ = store_big(at_, int32_t{-1}); }
  void put_bytes(std::string_view bytes, std::string_view before = {}) {
    const size_t size = before.size() + bytes.size();
    if (size + room_ > static_cast<size_t>(end_ - at_)) grow(static_cast<size_t>(at_ - out_.data()), size + room_);
    at_ = store_big(at_, static_cast<int32_t>(size));
    if (!before.empty()) std::memcpy(at_, before.data(), before.size());
    if (!bytes.empty()) std::memcpy(at_ + before.size(), bytes.data(), bytes.size());
    at_ += size;
  }
  char* at() { return at_; }
  void advance(size_t size) { at_ += size; }

 private:
  void grow(size_t used, size_t more) {
    out_.resize(used);
    if (used + more > out_.capacity()) out_.resize(used + more);
    at_ = out_.data() + used;
    end_ = out_.data() + out_.capacity();
  }

  Buffer& out_;
  const size_t room_;  // always there: enough for what is left of the record but its texts
  char* at_ = nullptr;
  char* end_ = nullptr;
};

int nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// 32 digits; hyphens between pairs, and braces around it, are the writer's taste.
Fault put_uuid(Cursor& out, std::string_view text) {
  char bytes[16];
  size_t digits = 0;
  int high = 0;
  if (text.size() > 2 && text.front() == '{' && text.back() == '}') text = text.substr(1, text.size() - 2);
  for (const char c : text) {
    if (c == '-' && digits % 4 == 0) continue;
    const int value = nibble(c);
    if (value < 0 || digits == 32) return not_a_uuid;
    if (digits % 2 == 0)
      high = value;
    else
      bytes[digits / 2] = static_cast<char>(high * 16 + value);
    ++digits;
  }
  if (digits != 32) return not_a_uuid;
  out.put_bytes({bytes, sizeof bytes});
  return {};
}

template <class Decimal>
void put_decimal(Cursor& out, const Decimal& value, int scale) {
  const size_t size = numeric_from_decimal(value, scale, out.at() + 4);
  store_big(out.at(), static_cast<int32_t>(size));
  out.advance(4 + size);
}

template <class Decimal>
Fault put_numeric(Cursor& out, const ColumnCodec& codec, const Decimal& value) {
  if (codec.scale) {
    char text[sql::longest_decimal_text];
    if (!is_kept({text, sql::write_decimal(value, codec.type.scale, text)}, *codec.scale)) return not_kept;
  }
  put_decimal(out, value, codec.type.scale);
  return {};
}

Fault put_numeric_text(Cursor& out, const ColumnCodec& codec, std::string_view text, std::string& bytes) {
  bytes.clear();
  if (!numeric_from_text(text, bytes)) return unreadable_number;
  if (codec.scale && !is_kept(text, *codec.scale)) return not_kept;
  out.put_bytes(bytes);
  return {};
}

Fault put_value(Cursor& out, const ColumnCodec& codec, const ColumnView& column, int64_t row, std::string& scratch) {
  int64_t moment = 0;
  int32_t day = 0;
  Fault fault;
  switch (codec.codec) {
    case Codec::boolean:
      out.put<int8_t>(column.boolean(row) ? 1 : 0);
      return {};
    case Codec::int2:
      out.put(column.value<int16_t>(row));
      return {};
    case Codec::int4:
    case Codec::oid:
    case Codec::float4:
      out.put(column.value<uint32_t>(row));
      return {};
    case Codec::int8:
    case Codec::float8:
      out.put(column.value<uint64_t>(row));
      return {};
    case Codec::numeric:
      if (codec.type.id == TypeId::decimal256) return put_numeric(out, codec, column.value<Int256>(row));
      return put_numeric(out, codec, column.value<Int128>(row));
    case Codec::numeric_text:
      return put_numeric_text(out, codec, column.text(row), scratch);
    case Codec::text:
      if (codec.most_bytes != 0 && column.text(row).size() > codec.most_bytes) return too_long;
      // "char" keeps an empty text as a zero.
      out.put_bytes(codec.most_bytes == 1 && column.text(row).empty() ? std::string_view("", 1) : column.text(row));
      return {};
    case Codec::as_text:
    case Codec::bytea:
      out.put_bytes(column.text(row));
      return {};
    case Codec::jsonb:
      out.put_bytes(column.text(row), "\1");  // a version
      return {};
    case Codec::date:
      fault = to_server_date(column.value<int32_t>(row), day);
      out.put(day);
      return fault;
    case Codec::time:
      fault = to_server_time(column.value<int64_t>(row), codec.precision, moment);
      out.put(moment);
      return fault;
    case Codec::timestamp:
      fault = to_server_timestamp(column.value<int64_t>(row), codec.precision, moment);
      out.put(moment);
      return fault;
    case Codec::uuid:
      return put_uuid(out, column.text(row));
  }
  return {};
}

}  // namespace

void begin_binary(Buffer& out) { out.append("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19); }
void end_binary(Buffer& out) { out.append("\377\377", 2); }

BinaryEncoder::BinaryEncoder(const std::vector<ColumnCodec>& codecs) : codecs_(codecs) {
  fixed_ = 2;
  for (const auto& codec : codecs_) {
    const bool is_decimal = codec.codec == Codec::numeric || codec.codec == Codec::numeric_text;
    fixed_ += 4 + (is_decimal ? most_numeric_bytes : 16);
  }
}

void BinaryEncoder::begin(Buffer& out) const { begin_binary(out); }
void BinaryEncoder::end(Buffer& out) const { end_binary(out); }

RecordFault BinaryEncoder::append(const Columns& columns, int64_t row, Buffer& out) {
  const size_t start = out.size();
  Cursor cursor(out, fixed_);
  cursor.begin(static_cast<int16_t>(codecs_.size()));
  for (size_t i = 0; i < codecs_.size(); ++i) {
    const ColumnView& column = columns[i];
    if (column.is_null(row)) {
      cursor.put_null();
      continue;
    }
    if (const Fault fault = put_value(cursor, codecs_[i], column, row, text_); fault) {
      out.resize(start);
      return {fault, static_cast<int32_t>(i)};
    }
  }
  cursor.finish();
  return {};
}

}  // namespace sluice::postgresql
