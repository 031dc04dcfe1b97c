// SPDX-License-Identifier: Apache-2.0
#include "postgresql/value_text.hpp"

#include <bit>
#include <limits>

#include "postgresql/byte_order.hpp"
#include "postgresql/numeric.hpp"

namespace sluice::postgresql {

namespace {

std::string hexadecimal(std::string_view bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out = "\\x";
  for (const char c : bytes) {
    out += digits[static_cast<uint8_t>(c) >> 4];
    out += digits[c & 15];
  }
  return out;
}

template <class T>
std::string number(std::string_view bytes) {
  return bytes.size() == sizeof(T) ? std::to_string(load_big<T>(bytes.data())) : hexadecimal(bytes);
}

template <class T>
std::string moment(std::string_view bytes, std::string_view unit) {
  if (bytes.size() != sizeof(T)) return hexadecimal(bytes);
  const T value = load_big<T>(bytes.data());
  if (value == std::numeric_limits<T>::max()) return "infinity";
  if (value == std::numeric_limits<T>::min()) return "-infinity";
  return std::to_string(value) + " " + std::string(unit) + " after 2000-01-01";
}

}  // namespace

std::string value_text(const ColumnCodec& column, std::string_view bytes) {
  std::string text;
  switch (column.codec) {
    case Codec::boolean:
      return bytes == std::string_view("\0", 1) ? "false" : "true";
    case Codec::int2:
      return number<int16_t>(bytes);
    case Codec::int4:
      return number<int32_t>(bytes);
    case Codec::int8:
      return number<int64_t>(bytes);
    case Codec::oid:
      return number<uint32_t>(bytes);
    case Codec::float4:
      return bytes.size() == 4 ? std::to_string(std::bit_cast<float>(load_big<uint32_t>(bytes.data()))) : "";
    case Codec::float8:
      return bytes.size() == 8 ? std::to_string(std::bit_cast<double>(load_big<uint64_t>(bytes.data()))) : "";
    case Codec::numeric:
    case Codec::numeric_text:
      return numeric_to_text(bytes, text) == NumericFault::none ? text : hexadecimal(bytes);
    case Codec::date:
      return moment<int32_t>(bytes, "days");
    case Codec::timestamp:
      return moment<int64_t>(bytes, "microseconds");
    case Codec::time:
      return number<int64_t>(bytes) + " microseconds";
    case Codec::text:
    case Codec::as_text:
      return std::string(bytes);
    case Codec::jsonb:
      return std::string(bytes.substr(bytes.empty() ? 0 : 1));
    case Codec::bytea:
    case Codec::uuid:
      return hexadecimal(bytes);
  }
  return text;
}

}  // namespace sluice::postgresql
