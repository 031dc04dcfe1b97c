// SPDX-License-Identifier: Apache-2.0
#include "postgresql/encode_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "postgresql/byte_order.hpp"
#include "postgresql/encode_binary.hpp"
#include "postgresql/moment_text.hpp"
#include "postgresql/numeric.hpp"
#include "postgresql/server_value.hpp"

namespace sluice::postgresql {

namespace {

template <class T>
void number(T value, std::string& out) {
  char digits[64];
  out.assign(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

template <class T>
void floating(T value, std::string& out) {
  if (std::isnan(value))
    out = "NaN";
  else if (std::isinf(value))
    out = value < 0 ? "-Infinity" : "Infinity";
  else
    number(value, out);
}

void hexadecimal(std::string_view bytes, std::string& out) {
  constexpr char digits[] = "0123456789abcdef";
  out = "\\x";
  for (const char c : bytes) {
    out += digits[static_cast<uint8_t>(c) >> 4];
    out += digits[c & 15];
  }
}

// Backslashes where COPY's text format wants them.
void put_escaped(std::string_view text, Buffer& out) {
  for (size_t at = 0;;) {
    const size_t end = std::min(text.find_first_of("\\\t\n\r", at), text.size());
    out.append(text.data() + at, end - at);
    if (end == text.size()) return;
    const char c = text[end];
    const char escaped[2] = {'\\', c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : c};
    out.append(escaped, 2);
    at = end + 1;
  }
}

void decimal_text(const ColumnCodec& codec, const ColumnView& column, int64_t row, std::string& out) {
  char text[sql::longest_decimal_text];
  const int scale = codec.type.scale;
  out.assign(text, codec.type.id == TypeId::decimal256 ? sql::write_decimal(column.value<Int256>(row), scale, text)
                                                       : sql::write_decimal(column.value<Int128>(row), scale, text));
}

Fault check_digits(const ColumnCodec& codec, std::string_view text) {
  if (!codec.scale || is_kept(text, *codec.scale)) return {};
  return {"inexact", "the column keeps fewer digits than the number has"};
}

}  // namespace

Fault value_as_text(const ColumnCodec& codec, const ColumnView& column, int64_t row, std::string& out) {
  int64_t moment = 0;
  int32_t day = 0;
  Fault fault;
  switch (codec.codec) {
    case Codec::boolean:
      out = column.boolean(row) ? "t" : "f";
      return {};
    case Codec::int2:
      number(column.value<int16_t>(row), out);
      return {};
    case Codec::int4:
      number(column.value<int32_t>(row), out);
      return {};
    case Codec::int8:
      number(column.value<int64_t>(row), out);
      return {};
    case Codec::oid:
      number(column.value<uint32_t>(row), out);
      return {};
    case Codec::float4:
      floating(column.value<float>(row), out);
      return {};
    case Codec::float8:
      floating(column.value<double>(row), out);
      return {};
    case Codec::numeric:
      decimal_text(codec, column, row, out);
      return check_digits(codec, out);
    case Codec::numeric_text:
      out = column.text(row);
      return check_digits(codec, out);
    case Codec::bytea:
      hexadecimal(column.text(row), out);
      return {};
    case Codec::date:
      if (fault = to_server_date(column.value<int32_t>(row), day); !fault) out = date_text(day);
      return fault;
    case Codec::time:
      if (fault = to_server_time(column.value<int64_t>(row), codec.precision, moment); !fault) out = time_text(moment);
      return fault;
    case Codec::timestamp:
      if (fault = to_server_timestamp(column.value<int64_t>(row), codec.precision, moment); !fault)
        out = timestamp_text(moment, codec.type.utc);
      return fault;
    case Codec::text:
      if (codec.most_bytes != 0 && column.text(row).size() > codec.most_bytes)
        return {"too-long", "a text longer than the column's type can hold"};
      [[fallthrough]];
    default:
      out = column.text(row);
      return {};
  }
}

RecordFault TextEncoder::append(int64_t row, Buffer& out) {
  const Columns& columns = *columns_;
  const size_t start = out.size();
  for (size_t i = 0; i < codecs_.size(); ++i) {
    if (i > 0) out.append("\t", 1);
    if (columns[i].is_null(row)) {
      out.append("\\N", 2);
      continue;
    }
    if (const Fault fault = value_as_text(codecs_[i], columns[i], row, text_); fault) {
      out.resize(start);
      return {fault, static_cast<int32_t>(i)};
    }
    put_escaped(text_, out);
  }
  out.append("\n", 1);
  return {};
}

void StagingEncoder::begin(Buffer& out) const { begin_binary(out); }
void StagingEncoder::end(Buffer& out) const { end_binary(out); }

void StagingEncoder::append(int64_t number_of_row, const Columns& columns, int64_t row, Buffer& out) {
  char head[14];
  store_big(store_big(store_big(head, static_cast<int16_t>(columns.size() + 1)), int32_t{8}), number_of_row);
  out.append(head, sizeof head);
  for (size_t i = 0; i < codecs_.size(); ++i) {
    char size[4];
    if (columns[i].is_null(row)) {
      store_big(size, int32_t{-1});
      out.append(size, 4);
      continue;
    }
    value_as_text(codecs_[i], columns[i], row, text_);  // its faults were found when it was encoded first
    store_big(size, static_cast<int32_t>(text_.size()));
    out.append(size, 4);
    out.append(text_.data(), text_.size());
  }
}

Columns columns_of(const Batch& batch, const std::vector<ColumnCodec>& codecs) {
  Columns columns;
  for (size_t i = 0; i < codecs.size(); ++i) columns.push_back(batch.column(i, codecs[i].type));
  return columns;
}

bool is_binary(const std::vector<ColumnCodec>& codecs) {
  return std::none_of(codecs.begin(), codecs.end(), [](const auto& one) { return one.codec == Codec::as_text; });
}

std::unique_ptr<Encoder> make_encoder(const std::vector<ColumnCodec>& codecs) {
  if (is_binary(codecs)) return std::make_unique<BinaryEncoder>(codecs);
  return std::make_unique<TextEncoder>(codecs);
}

}  // namespace sluice::postgresql
