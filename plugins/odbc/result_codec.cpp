// SPDX-License-Identifier: Apache-2.0
#include "odbc/result_codec.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <limits>

#include "odbc/decimal_text.hpp"
#include "odbc/moment_text.hpp"
#include "odbc/utf16.hpp"
#include "sluice/utf8.hpp"

namespace sluice::odbc {

namespace {

constexpr CellFault not_a_number = {"parse", "the text is not a number"};
constexpr CellFault not_a_moment = {"parse", "no date or time that the calendar knows"};
constexpr CellFault outside_range = {"range", "the value is outside the range"};
constexpr CellFault too_fine = {"inexact", "the value is finer than its type"};
constexpr CellFault not_unicode = {"encoding", "the text is not valid Unicode"};
constexpr CellFault not_a_bit = {"range", "neither 0 nor 1"};

constexpr int64_t nanos_per_day = 86'400'000'000'000;

template <class T>
const CellFault* decode_plain(std::string_view cell, const ResultCodec&, ColumnBuilder& out) {
  T value;
  std::memcpy(&value, cell.data(), sizeof value);
  out.append(value);
  return nullptr;
}

const CellFault* decode_bit(std::string_view cell, const ResultCodec&, ColumnBuilder& out) {
  if (static_cast<unsigned char>(cell[0]) > 1) return &not_a_bit;
  out.append_boolean(cell[0] != 0);
  return nullptr;
}

template <class T>
const CellFault* decode_number(std::string_view cell, const ResultCodec&, ColumnBuilder& out) {
  T value{};
  const char* const end = cell.data() + cell.size();
  const auto [at, error] = std::from_chars(cell.data(), end, value);
  if (error == std::errc::result_out_of_range) return &outside_range;
  if (error != std::errc() || at != end) return &not_a_number;
  out.append(value);
  return nullptr;
}

const CellFault* decode_decimal(std::string_view cell, const ResultCodec& codec, ColumnBuilder& out) {
  const Type& type = codec.arrow.type;
  Int256 value{};
  switch (parse_decimal(cell, type.precision, type.scale, value)) {
    case DecimalFault::not_a_number:
      return &not_a_number;
    case DecimalFault::too_fine:
      return &too_fine;
    case DecimalFault::too_large:
      return &outside_range;
    case DecimalFault::none:
      break;
  }
  struct Half {
    uint64_t limbs[2];
  };
  if (type.id == TypeId::decimal128)
    out.append(Half{{value.limbs[0], value.limbs[1]}});
  else
    out.append(value);
  return nullptr;
}

const CellFault* decode_date(std::string_view cell, const ResultCodec&, ColumnBuilder& out) {
  Moment moment;
  if (!parse_moment(cell, MomentKind::date, moment)) return &not_a_moment;
  out.append(static_cast<int32_t>(moment.days));
  return nullptr;
}

// `nanos` in the unit of the type.
const CellFault* append_time(int64_t days, int64_t nanos, TypeId id, ColumnBuilder& out) {
  const bool fine = id == TypeId::timestamp_ns || id == TypeId::time64_ns;
  if (!fine && nanos % 1000 != 0) return &too_fine;
  const int64_t unit = fine ? 1 : 1000;
  int64_t value = 0;
  if (__builtin_mul_overflow(days, nanos_per_day / unit, &value) || __builtin_add_overflow(value, nanos / unit, &value))
    return &outside_range;
  out.append(value);
  return nullptr;
}

const CellFault* decode_time(std::string_view cell, const ResultCodec& codec, ColumnBuilder& out) {
  Moment moment;
  if (!parse_moment(cell, MomentKind::time, moment)) return &not_a_moment;
  return append_time(0, moment.nanos, codec.arrow.type.id, out);
}

const CellFault* decode_timestamp(std::string_view cell, const ResultCodec& codec, ColumnBuilder& out) {
  Moment moment;
  if (!parse_moment(cell, MomentKind::timestamp, moment)) return &not_a_moment;
  if (moment.has_offset != codec.arrow.type.utc) return &not_a_moment;
  return append_time(moment.days, moment.nanos - moment.offset_seconds * 1'000'000'000, codec.arrow.type.id, out);
}

const CellFault* decode_guid(std::string_view cell, const ResultCodec&, ColumnBuilder& out) {
  SQLGUID guid;
  std::memcpy(&guid, cell.data(), sizeof guid);
  char text[37];
  std::snprintf(text, sizeof text, "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                static_cast<unsigned>(guid.Data1), guid.Data2, guid.Data3, guid.Data4[0], guid.Data4[1], guid.Data4[2],
                guid.Data4[3], guid.Data4[4], guid.Data4[5], guid.Data4[6], guid.Data4[7]);
  out.append_text({text, 36});
  return nullptr;
}

const CellFault* decode_wide(std::string_view cell, const ResultCodec&, ColumnBuilder& out) {
  const size_t units = cell.size() / sizeof(SQLWCHAR);
  const auto* const text = reinterpret_cast<const SQLWCHAR*>(cell.data());
  // Three times the memory is nothing for a short text.
  char* const room = out.reserve_text(cell.size() <= longest_cell ? most_utf8(units) : utf8_size(text, units));
  const ptrdiff_t size = write_utf8(text, units, room);
  out.append_reserved(size < 0 ? 0 : static_cast<size_t>(size));
  if (size >= 0) return nullptr;
  out.drop_last();
  return &not_unicode;
}

const CellFault* decode_utf8(std::string_view cell, const ResultCodec&, ColumnBuilder& out) {
  if (!is_utf8(cell)) return &not_unicode;
  out.append_text(cell);
  return nullptr;
}

const CellFault* decode_bytes(std::string_view cell, const ResultCodec&, ColumnBuilder& out) {
  out.append_text(cell);
  return nullptr;
}

ResultCodec plain(ArrowType arrow, SQLSMALLINT c_type, DecodeCell decode) {
  const size_t width = arrow.type.width();
  return {.arrow = std::move(arrow), .c_type = c_type, .cell = width, .is_plain = true, .decode = decode};
}

ResultCodec text(ArrowType arrow, size_t cell, DecodeCell decode) {
  return {.arrow = std::move(arrow), .c_type = SQL_C_CHAR, .cell = cell, .terminator = 1, .decode = decode};
}

// A cell for values that may have any length.
ResultCodec variable(ArrowType arrow, SQLSMALLINT c_type, int64_t wanted, size_t terminator, DecodeCell decode) {
  const bool known = wanted > 0 && wanted <= static_cast<int64_t>(longest_cell - terminator);
  return {.arrow = std::move(arrow),
          .c_type = c_type,
          .cell = known ? static_cast<size_t>(wanted) + terminator : longest_cell,
          .terminator = terminator,
          .is_variable = true,
          .decode = decode};
}

ResultCodec integer_codec(ArrowType arrow) {
  switch (arrow.type.id) {
    case TypeId::int8:
      return plain(arrow, SQL_C_STINYINT, &decode_plain<int8_t>);
    case TypeId::uint8:
      return plain(arrow, SQL_C_UTINYINT, &decode_plain<uint8_t>);
    case TypeId::int16:
      return plain(arrow, SQL_C_SSHORT, &decode_plain<int16_t>);
    case TypeId::uint16:
      return plain(arrow, SQL_C_USHORT, &decode_plain<uint16_t>);
    case TypeId::int32:
      return plain(arrow, SQL_C_SLONG, &decode_plain<int32_t>);
    case TypeId::uint32:
      return plain(arrow, SQL_C_ULONG, &decode_plain<uint32_t>);
    case TypeId::uint64:
      return plain(arrow, SQL_C_UBIGINT, &decode_plain<uint64_t>);
    default:
      return plain(arrow, SQL_C_SBIGINT, &decode_plain<int64_t>);
  }
}

std::string_view exact_pattern(const ColumnType& type, const Product& product) {
  if (type.is_moment()) return product.exact_moment;
  if (type.is_real()) return product.exact_real;
  return type.is_text() ? product.exact_text : std::string_view();
}

ResultCodec text_codec(ArrowType arrow, const ColumnType& type, bool as_bytes) {
  if (as_bytes) return variable(std::move(arrow), SQL_C_BINARY, 0, 0, &decode_utf8);
  const int64_t units = type.size > 0 && type.size < int64_t{1} << 20 ? type.size * 2 : 0;  // two for an emoji
  return variable(std::move(arrow), SQL_C_WCHAR, units * int64_t{sizeof(SQLWCHAR)}, sizeof(SQLWCHAR), &decode_wide);
}

}  // namespace

std::string exact_sql(const ColumnType& type, const Product& product, const std::string& quoted) {
  const std::string_view pattern = exact_pattern(type, product);
  return pattern.empty() ? quoted : with_column(pattern, quoted);
}

ResultCodec codec_to_read(const ColumnType& type, const Product& product, bool exactly) {
  ArrowType arrow = arrow_type(type, product);
  const bool as_pattern = exactly && !exact_pattern(type, product).empty();
  // Without the pattern the driver takes the zone off.
  if (!as_pattern && type.sql == SQL_TYPE_TIMESTAMP) arrow.type.utc = false;
  const TypeId id = arrow.type.id;
  switch (id) {
    case TypeId::boolean:
      return {.arrow = std::move(arrow), .c_type = SQL_C_BIT, .cell = 1, .decode = &decode_bit};
    case TypeId::float32:
      return plain(arrow, SQL_C_FLOAT, &decode_plain<float>);
    case TypeId::float64:
      if (as_pattern) return text(arrow, 64, &decode_number<double>);
      return plain(arrow, SQL_C_DOUBLE, &decode_plain<double>);
    case TypeId::decimal128:
    case TypeId::decimal256:
      return text(arrow, longest_decimal + 16, &decode_decimal);
    case TypeId::date32:
      return text(arrow, longest_moment, &decode_date);
    case TypeId::time64_us:
    case TypeId::time64_ns:
      return text(arrow, longest_moment, &decode_time);
    case TypeId::timestamp_us:
    case TypeId::timestamp_ns:
      return text(arrow, longest_moment, &decode_timestamp);
    case TypeId::binary:
      return variable(arrow, SQL_C_BINARY, std::max(type.size, type.bytes), 0, &decode_bytes);
    case TypeId::utf8:
      if (type.sql == SQL_GUID)
        return {.arrow = std::move(arrow), .c_type = SQL_C_GUID, .cell = sizeof(SQLGUID), .decode = &decode_guid};
      return text_codec(std::move(arrow), type, as_pattern || product.texts_as_bytes);
    default:
      if (product.integers_as_text) return text(arrow, 64, &decode_number<int64_t>);
      return integer_codec(std::move(arrow));
  }
}

}  // namespace sluice::odbc
