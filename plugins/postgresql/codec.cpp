// SPDX-License-Identifier: Apache-2.0
#include "postgresql/codec.hpp"

#include <algorithm>

namespace sluice::postgresql {

namespace {

constexpr int modifier_header = 4;  // of lengths, precisions and scales

ColumnCodec plain(Codec codec, Type type) { return {codec, type}; }
ColumnCodec texted(Codec codec, std::string meta) { return {codec, type(TypeId::utf8), std::move(meta)}; }

ColumnCodec numeric_codec(int32_t modifier) {
  if (modifier < modifier_header) return texted(Codec::numeric_text, "decimal");
  const int precision = (modifier - modifier_header) >> 16 & 0xFFFF;
  const int scale = scale_of(modifier);
  // numeric(2,-3) has five digits, numeric(3,5) too.
  const int digits = scale < 0 ? precision - scale : std::max(precision, scale);
  if (digits > 76) return texted(Codec::numeric_text, "decimal");
  return plain(Codec::numeric, decimal(digits, std::max(scale, 0)));
}

ColumnCodec with_length(ColumnCodec codec, int32_t modifier) {
  if (modifier >= modifier_header) codec.length = modifier - modifier_header;
  return codec;
}

ColumnCodec with_precision(ColumnCodec codec, int32_t modifier) {
  if (modifier >= 0) codec.precision = modifier;
  return codec;
}

ColumnCodec text_cast(std::string meta) {
  ColumnCodec codec = texted(Codec::as_text, std::move(meta));
  codec.cast = "::text";
  return codec;
}

ColumnCodec other_codec(const ServerType& type) {
  if (type.kind == 'e') return texted(Codec::text, "enum");
  if (type.oid == oids::bit || type.oid == oids::varbit) return text_cast("bit");
  // Its text follows the server's currency format, its number does not.
  if (type.oid == oids::money) {
    ColumnCodec codec = texted(Codec::numeric_text, "decimal");
    codec.cast = "::numeric";
    return codec;
  }
  if (type.name.starts_with("_")) return text_cast("array");
  return text_cast(type.name);
}

}  // namespace

// Eleven bits, signed.
int scale_of(int32_t modifier) { return (((modifier - modifier_header) & 0x7FF) ^ 1024) - 1024; }

ColumnCodec codec_to_read(const ServerType& server) {
  switch (server.oid) {
    case oids::boolean:
      return plain(Codec::boolean, type(TypeId::boolean));
    case oids::int2:
      return plain(Codec::int2, type(TypeId::int16));
    case oids::int4:
      return plain(Codec::int4, type(TypeId::int32));
    case oids::int8:
      return plain(Codec::int8, type(TypeId::int64));
    case oids::oid:
      return plain(Codec::oid, type(TypeId::uint32));
    case oids::float4:
      return plain(Codec::float4, type(TypeId::float32));
    case oids::float8:
      return plain(Codec::float8, type(TypeId::float64));
    case oids::numeric:
      return numeric_codec(server.modifier);
    case oids::text:
    case oids::name:
      return plain(Codec::text, type(TypeId::utf8));
    case oids::varchar:
    case oids::bpchar:
      return with_length(plain(Codec::text, type(TypeId::utf8)), server.modifier);
    case oids::json:
      return texted(Codec::text, "json");
    case oids::jsonb:
      return texted(Codec::jsonb, "json");
    case oids::bytea:
      return plain(Codec::bytea, type(TypeId::binary));
    case oids::date:
      return plain(Codec::date, type(TypeId::date32));
    case oids::time:
      return with_precision(plain(Codec::time, type(TypeId::time64_us)), server.modifier);
    case oids::timestamp:
      return with_precision(plain(Codec::timestamp, wall_clock()), server.modifier);
    case oids::timestamptz:
      return with_precision(plain(Codec::timestamp, instant()), server.modifier);
    case oids::uuid:
      return texted(Codec::uuid, "uuid");
    default:
      return other_codec(server);
  }
}

}  // namespace sluice::postgresql
