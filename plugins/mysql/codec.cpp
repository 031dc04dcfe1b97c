// SPDX-License-Identifier: Apache-2.0
#include "mysql/codec.hpp"

namespace sluice::mysql {

namespace {

ColumnCodec plain(Codec codec, TypeId id) { return {codec, type(id)}; }

ColumnCodec integer(const ResultColumn& column, Codec with_sign, TypeId signed_id, Codec without, TypeId unsigned_id) {
  return column.is_unsigned() ? plain(without, unsigned_id) : plain(with_sign, signed_id);
}

ColumnCodec decimal_codec(const ResultColumn& column) {
  const int precision = precision_of(column);
  if (precision > 76) return {Codec::text, type(TypeId::utf8), "decimal"};
  return {Codec::decimal, decimal(precision, static_cast<int>(column.decimals))};
}

ColumnCodec text_codec(const ResultColumn& column) {
  const bool is_special = !column.special.empty();
  ColumnCodec codec =
      column.is_binary() && !is_special ? plain(Codec::binary, TypeId::binary) : plain(Codec::text, TypeId::utf8);
  codec.meta = column.special;
  if (!is_special) codec.length = length_of(column);
  return codec;
}

}  // namespace

ColumnCodec codec_of(const ResultColumn& column) {
  switch (column.type) {
    case MYSQL_TYPE_NULL:
      return plain(Codec::nothing, TypeId::null_);
    case MYSQL_TYPE_TINY:
      return integer(column, Codec::int8, TypeId::int8, Codec::uint8, TypeId::uint8);
    case MYSQL_TYPE_SHORT:
      return integer(column, Codec::int16, TypeId::int16, Codec::uint16, TypeId::uint16);
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
      return integer(column, Codec::int32, TypeId::int32, Codec::uint32, TypeId::uint32);
    case MYSQL_TYPE_LONGLONG:
      return integer(column, Codec::int64, TypeId::int64, Codec::uint64, TypeId::uint64);
    case MYSQL_TYPE_YEAR:
      return plain(Codec::int16, TypeId::int16);
    case MYSQL_TYPE_FLOAT:
      return plain(Codec::float32, TypeId::float32);
    case MYSQL_TYPE_DOUBLE:
      return plain(Codec::float64, TypeId::float64);
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL:
      return decimal_codec(column);
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE:
      return plain(Codec::date, TypeId::date32);
    case MYSQL_TYPE_TIME:
      return {Codec::time, type(TypeId::duration_us), "time"};
    case MYSQL_TYPE_DATETIME:
      return {Codec::datetime, wall_clock()};
    case MYSQL_TYPE_TIMESTAMP:
      return {Codec::instant, instant()};
    case MYSQL_TYPE_BIT:
      return {Codec::bits, type(TypeId::utf8), "bit", static_cast<int64_t>(column.length),
              static_cast<int>(column.length)};
    case MYSQL_TYPE_ENUM:
      return {Codec::text, type(TypeId::utf8), "enum"};
    case MYSQL_TYPE_SET:
      return {Codec::text, type(TypeId::utf8), "set"};
    case MYSQL_TYPE_GEOMETRY:
      return {Codec::binary, type(TypeId::binary), "geometry"};
    default:
      return text_codec(column);
  }
}

// Neither depends on the session's zone: a timestamp's seconds are what is stored.
std::string ColumnCodec::select(const std::string& expression) const {
  if (codec == Codec::instant) return "UNIX_TIMESTAMP(" + expression + ")";
  if (codec == Codec::float32) return "(" + expression + ") * 1e0";
  return expression;
}

}  // namespace sluice::mysql
