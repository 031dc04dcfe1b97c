// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "postgresql/codec.hpp"

namespace sluice::postgresql {

namespace {

constexpr int name_bytes = 63;

int digits_of(TypeId id) {
  switch (id) {
    case TypeId::int8:
    case TypeId::uint8:
      return 3;
    case TypeId::int16:
    case TypeId::uint16:
      return 5;
    case TypeId::int32:
    case TypeId::uint32:
      return 10;
    case TypeId::int64:
      return 19;
    case TypeId::uint64:
      return 20;
    default:
      return 0;
  }
}

bool is_decimal(TypeId id) { return id == TypeId::decimal128 || id == TypeId::decimal256; }

// A numeric without precision takes what arrives as it is.
ColumnCodec open_numeric(const Type& input) {
  if (is_decimal(input.id) && input.scale >= 0) return {Codec::numeric, input};
  if (const int digits = digits_of(input.id); digits > 0) return {Codec::numeric, decimal(digits, 0)};
  return {Codec::numeric_text, type(TypeId::utf8), "decimal"};
}

// Types whose text the server would round without a word.
bool rounds(const ServerType& server) {
  if (server.modifier < 0) return false;
  for (const std::string_view name :
       {"interval", "timetz", "_numeric", "_time", "_timetz", "_timestamp", "_timestamptz", "_interval"})
    if (server.name == name) return true;
  return false;
}

}  // namespace

ColumnCodec codec_to_write(const ServerType& server, const Field& input) {
  if (server.oid == oids::numeric && server.modifier < 0) return open_numeric(input.type);
  if (server.oid == oids::money) return {.refusal = "its values depend on the server's currency format"};
  ColumnCodec codec = codec_to_read(server);
  codec.cast.clear();
  const bool may_be_finer = codec.codec == Codec::numeric_text || scale_of(server.modifier) < 0;
  if (server.oid == oids::numeric && may_be_finer) codec.scale = scale_of(server.modifier);
  if (codec.codec == Codec::as_text && rounds(server) && input.meta(SLUICE_META_NATIVE) != server.native)
    codec.refusal = "the server would round its values; write to a column without a precision";
  if (server.oid == oids::name) codec.most_bytes = name_bytes;
  if (server.oid == oids::character) {
    codec = {Codec::text, type(TypeId::utf8)};
    codec.most_bytes = 1;
  }
  return codec;
}

}  // namespace sluice::postgresql
