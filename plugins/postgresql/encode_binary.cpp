// SPDX-License-Identifier: Apache-2.0
#include "postgresql/encode_binary.hpp"

#include <bit>

#include "postgresql/byte_order.hpp"
#include "postgresql/numeric.hpp"
#include "postgresql/server_value.hpp"

namespace sluice::postgresql {

namespace {

constexpr Fault not_a_uuid{"parse", "not a uuid"};
constexpr Fault not_a_number{"parse", "not a number"};
constexpr Fault not_a_step{"inexact", "the column keeps no units of this size"};
constexpr Fault too_long{"too-long", "a text longer than the column's type can hold"};

// `size` more bytes at the end.
char* room(Buffer& out, size_t size) {
  const size_t at = out.size();
  out.resize(at + size);
  return out.data() + at;
}

template <class T>
void put(Buffer& out, T value) {
  store_big(store_big(room(out, 4 + sizeof(T)), static_cast<int32_t>(sizeof(T))), value);
}

void put_bytes(Buffer& out, std::string_view bytes) {
  char* at = store_big(room(out, 4 + bytes.size()), static_cast<int32_t>(bytes.size()));
  if (!bytes.empty()) std::memcpy(at, bytes.data(), bytes.size());
}

int nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// 32 digits; hyphens between pairs, and braces around it, are the writer's taste.
Fault put_uuid(Buffer& out, std::string_view text) {
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
  put_bytes(out, {bytes, sizeof bytes});
  return {};
}

template <class Decimal>
void put_decimal(Buffer& out, const Decimal& value, int scale) {
  const size_t start = out.size();
  char* at = room(out, 4 + most_numeric_bytes);
  const size_t size = numeric_from_decimal(value, scale, at + 4);
  store_big(at, static_cast<int32_t>(size));
  out.resize(start + 4 + size);
}

Fault put_numeric(Buffer& out, const ColumnCodec& codec, const ColumnView& column, int64_t row) {
  if (codec.type.id == TypeId::decimal256) {
    put_decimal(out, column.value<Int256>(row), codec.type.scale);
    return {};
  }
  const auto value = column.value<Int128>(row);
  if (codec.step != 1 && value % codec.step != 0) return not_a_step;
  put_decimal(out, value, codec.type.scale);
  return {};
}

Fault put_numeric_text(Buffer& out, std::string_view text, std::string& bytes) {
  bytes.clear();
  if (!numeric_from_text(text, bytes)) return not_a_number;
  put_bytes(out, bytes);
  return {};
}

Fault put_value(Buffer& out, const ColumnCodec& codec, const ColumnView& column, int64_t row, std::string& scratch) {
  int64_t moment = 0;
  int32_t day = 0;
  Fault fault;
  switch (codec.codec) {
    case Codec::boolean:
      put<int8_t>(out, column.boolean(row) ? 1 : 0);
      return {};
    case Codec::int2:
      put(out, column.value<int16_t>(row));
      return {};
    case Codec::int4:
    case Codec::oid:
    case Codec::float4:
      put(out, column.value<uint32_t>(row));
      return {};
    case Codec::int8:
    case Codec::float8:
      put(out, column.value<uint64_t>(row));
      return {};
    case Codec::numeric:
      return put_numeric(out, codec, column, row);
    case Codec::numeric_text:
      return put_numeric_text(out, column.text(row), scratch);
    case Codec::text:
      if (codec.most_bytes != 0 && column.text(row).size() > codec.most_bytes) return too_long;
      // "char" keeps an empty text as a zero.
      put_bytes(out, codec.most_bytes == 1 && column.text(row).empty() ? std::string_view("", 1) : column.text(row));
      return {};
    case Codec::as_text:
    case Codec::bytea:
      put_bytes(out, column.text(row));
      return {};
    case Codec::jsonb: {
      const std::string_view text = column.text(row);
      char* at = store_big(room(out, 5 + text.size()), static_cast<int32_t>(text.size() + 1));
      *at++ = 1;
      std::memcpy(at, text.data(), text.size());
      return {};
    }
    case Codec::date:
      fault = to_server_date(column.value<int32_t>(row), day);
      put(out, day);
      return fault;
    case Codec::time:
      fault = to_server_time(column.value<int64_t>(row), codec.precision, moment);
      put(out, moment);
      return fault;
    case Codec::timestamp:
      fault = to_server_timestamp(column.value<int64_t>(row), codec.precision, moment);
      put(out, moment);
      return fault;
    case Codec::uuid:
      return put_uuid(out, column.text(row));
  }
  return {};
}

}  // namespace

void begin_binary(Buffer& out) { out.append("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19); }
void end_binary(Buffer& out) { out.append("\377\377", 2); }

void BinaryEncoder::begin(Buffer& out) const { begin_binary(out); }
void BinaryEncoder::end(Buffer& out) const { end_binary(out); }

RecordFault BinaryEncoder::append(const Columns& columns, int64_t row, Buffer& out) {
  const size_t start = out.size();
  store_big(room(out, 2), static_cast<int16_t>(codecs_.size()));
  for (size_t i = 0; i < codecs_.size(); ++i) {
    const ColumnView& column = columns[i];
    if (column.is_null(row)) {
      store_big(room(out, 4), int32_t{-1});
      continue;
    }
    if (const Fault fault = put_value(out, codecs_[i], column, row, text_); fault) {
      out.resize(start);
      return {fault, static_cast<int32_t>(i)};
    }
  }
  return {};
}

}  // namespace sluice::postgresql
