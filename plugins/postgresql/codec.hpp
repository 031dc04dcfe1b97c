// SPDX-License-Identifier: Apache-2.0
// How a column's values travel in COPY BINARY, and which column of a batch they are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sluice/schema.hpp"

namespace sluice::postgresql {

// The binary forms that are understood. What has none of them travels as text.
enum class Codec {
  boolean,
  int2,
  int4,
  int8,
  oid,
  float4,
  float8,
  numeric,       // <-> decimal128 or decimal256
  numeric_text,  // <-> utf8: unconstrained ones, with NaN and infinity
  text,          // also json, enum: the bytes are the text
  jsonb,         // a version byte, then the text
  bytea,
  date,
  time,
  timestamp,
  uuid,
  as_text  // nothing binary: ::text when read, COPY's text format when written
};

// A type as the catalogue has it: domains are resolved to what they are made of.
struct ServerType {
  uint32_t oid = 0;
  int32_t modifier = -1;    // atttypmod: length, precision and scale
  char kind = 'b';          // typtype: b(ase), e(num), c(omposite), r(ange), m(ultirange)
  std::string name;         // typname: "int4"
  std::string native;       // format_type: "numeric(10,2)"
  std::string quoted = {};  // for casts without a modifier: pg_catalog.bpchar in quotes
};

struct ColumnCodec {
  Codec codec = Codec::as_text;
  Type type = {};         // of the batch's column
  std::string meta = {};  // sluice.type: what Arrow cannot say
  int64_t length = -1;    // the most characters
  int precision = 6;      // digits after the seconds
  std::string cast = {};  // put after the expression when it is read: "::text"
  // Digits after the point that a numeric keeps, where its values may have more: numeric(2,-3) keeps thousands.
  std::optional<int> scale = {};
  size_t most_bytes = 0;     // of a text; 0: as many as it likes
  std::string refusal = {};  // why the column cannot be written
};

// Of numeric(p,s), from its modifier; that has one.
int scale_of(int32_t modifier);

// How a reader sees the type.
ColumnCodec codec_to_read(const ServerType& type);

// How a writer sees the type when `input` arrives. Its `type` is what the writer wants.
ColumnCodec codec_to_write(const ServerType& type, const Field& input);

// Days and microseconds between 1970-01-01, where Arrow counts from, and 2000-01-01, where PostgreSQL does.
inline constexpr int32_t epoch_days = 10957;
inline constexpr int64_t epoch_microseconds = int64_t{epoch_days} * 86'400'000'000;

namespace oids {
inline constexpr uint32_t boolean = 16, bytea = 17, character = 18, name = 19, int8 = 20, int2 = 21, int4 = 23,
                          text = 25, oid = 26, json = 114, xml = 142, float4 = 700, float8 = 701, money = 790,
                          bpchar = 1042, varchar = 1043, date = 1082, time = 1083, timestamp = 1114, timestamptz = 1184,
                          interval = 1186, timetz = 1266, bit = 1560, varbit = 1562, numeric = 1700, uuid = 2950,
                          jsonb = 3802;
}

}  // namespace sluice::postgresql
