// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::record {

// The column types that may cross the boundary, by their Arrow names.
enum class TypeId : std::uint8_t {
  null_,
  boolean,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  float32,
  float64,
  decimal128,
  decimal256,
  utf8,
  large_utf8,
  binary,
  large_binary,
  date32,     // days since 1970-01-01, proleptic Gregorian
  time64_us,  // since midnight, 24:00:00 allowed
  time64_ns,
  timestamp_us,  // since 1970-01-01 00:00:00: an instant when utc, else what a wall clock shows
  timestamp_ns,
  duration_us,
};

// One column type. `precision` and `scale` belong to decimals, `utc` to timestamps. A plain value.
struct Type {
  TypeId id = TypeId::null_;
  int precision = 0;
  int scale = 0;
  bool utc = false;

  friend bool operator==(const Type&, const Type&) = default;
};

constexpr int max_precision_128 = 38;
constexpr int max_precision_256 = 76;

// "l", "d:38,10", "tsu:UTC" ... Nothing for what this product does not carry (nesting, views, unions, seconds).
// Any zone behind "tsu:" means an instant: the values are UTC whatever its name.
std::optional<Type> parse_type(std::string_view format);

// The Arrow format string of a type; parse_type() of it gives the type back.
std::string format_of(const Type&);

// For people: "int64", "decimal(38,10)", "timestamp with zone", "text".
std::string name_of(const Type&);

constexpr bool is_integer(TypeId id) { return id >= TypeId::int8 && id <= TypeId::uint64; }
constexpr bool is_signed_integer(TypeId id) { return id >= TypeId::int8 && id <= TypeId::int64; }
constexpr bool is_float(TypeId id) { return id == TypeId::float32 || id == TypeId::float64; }
constexpr bool is_decimal(TypeId id) { return id == TypeId::decimal128 || id == TypeId::decimal256; }
constexpr bool is_number(TypeId id) { return is_integer(id) || is_float(id) || is_decimal(id); }
constexpr bool is_text(TypeId id) { return id == TypeId::utf8 || id == TypeId::large_utf8; }
constexpr bool is_binary(TypeId id) { return id == TypeId::binary || id == TypeId::large_binary; }
constexpr bool is_time(TypeId id) { return id == TypeId::time64_us || id == TypeId::time64_ns; }
constexpr bool is_timestamp(TypeId id) { return id == TypeId::timestamp_us || id == TypeId::timestamp_ns; }
constexpr bool is_variable(TypeId id) { return is_text(id) || is_binary(id); }
constexpr bool has_large_offsets(TypeId id) { return id == TypeId::large_utf8 || id == TypeId::large_binary; }

// Bytes of one value; 0 for null, boolean (one bit) and the types of variable length.
int width_of(TypeId);

// Buffers of an array of this type, the validity bitmap included.
int buffers_of(TypeId);

}  // namespace sluice::record
