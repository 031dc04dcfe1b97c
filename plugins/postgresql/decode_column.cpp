// SPDX-License-Identifier: Apache-2.0
#include "postgresql/decode_column.hpp"

#include <bit>
#include <limits>

#include "postgresql/byte_order.hpp"
#include "postgresql/numeric.hpp"
#include "sluice/utf8.hpp"
#include "sql/decode_fields.hpp"

namespace sluice::postgresql {

using sql::Fault;

namespace {

using sql::decode_each;
using sql::Unreadable;

constexpr Fault infinite{"range", "infinity has no place in a date or time column; read it as text (column::text)"};
constexpr Fault too_late{"range", "a date or time beyond what a column can hold; read it as text (column::text)"};
constexpr Fault not_in_day{"range", "the time 24:00:00 is not within a day; read it as text (column::text)"};
constexpr Fault not_a_number{"range", "NaN has no place in a decimal column; read it as text (column::text)"};
constexpr Fault beyond_type{"range", "a number beyond the column's precision"};
constexpr Fault not_utf8{"encoding", "the text is not valid UTF-8"};

[[noreturn]] void wrong_size(const ColumnBlock& block) {
  throw bad_data("a value of the server's COPY stream has the wrong size: column " + std::to_string(block.index + 1));
}

// Values of one width. `convert` turns the loaded number into the column's; it may set a fault.
template <class Wire, class Out, class Convert>
void decode_wire(const ColumnBlock& block, ColumnBuilder& builder, Unreadable& unreadable, Convert convert) {
  bool uniform = true;
  for (size_t i = 0; i < block.rows; ++i) uniform &= block.fields[i].size == sizeof(Wire);
  if (uniform) {
    Out* out = builder.extend<Out>(block.rows);
    for (size_t i = 0; i < block.rows; ++i) {
      Fault fault;
      out[i] = convert(load_big<Wire>(block.fields[i].data), fault);
      if (fault) unreadable.push_back({i, block.index, fault});
    }
    return;
  }
  for (size_t i = 0; i < block.rows; ++i) {
    const sql::FieldBytes& field = block.fields[i];
    if (field.size < 0) {
      builder.append_null();
      continue;
    }
    if (field.size != sizeof(Wire)) wrong_size(block);
    Fault fault;
    builder.append<Out>(convert(load_big<Wire>(field.data), fault));
    if (fault) unreadable.push_back({i, block.index, fault});
  }
}

template <class Wire, class Out>
void decode_number(const ColumnBlock& block, ColumnBuilder& builder, Unreadable& unreadable) {
  decode_wire<Wire, Out>(block, builder, unreadable, [](Wire value, Fault&) { return std::bit_cast<Out>(value); });
}

int32_t to_date(int32_t days, Fault& fault) {
  if (days == std::numeric_limits<int32_t>::max() || days == std::numeric_limits<int32_t>::min()) fault = infinite;
  int32_t out = 0;
  if (__builtin_add_overflow(days, epoch_days, &out) && !fault) fault = too_late;
  return out;
}

int64_t to_timestamp(int64_t microseconds, Fault& fault) {
  if (microseconds == std::numeric_limits<int64_t>::max() || microseconds == std::numeric_limits<int64_t>::min())
    fault = infinite;
  int64_t out = 0;
  if (__builtin_add_overflow(microseconds, epoch_microseconds, &out) && !fault) fault = too_late;
  return out;
}

int64_t to_time(int64_t microseconds, Fault& fault) {
  if (microseconds >= 86'400'000'000) fault = not_in_day;
  return microseconds;
}

Fault fault_of(NumericFault fault) {
  if (fault == NumericFault::malformed) throw bad_data("a number of the server's COPY stream is broken");
  return fault == NumericFault::not_finite ? not_a_number : fault == NumericFault::too_large ? beyond_type : Fault{};
}

template <class Decimal>
void decode_decimal(const ColumnBlock& block, ColumnBuilder& builder, Unreadable& unreadable) {
  const int scale = block.codec.type.scale;
  sql::decode_fixed<Decimal>(block, builder, unreadable, [&](std::string_view bytes, Decimal& value) {
    const NumericFault fault = numeric_to_decimal(bytes, scale, value);
    return fault == NumericFault::none ? Fault{} : fault_of(fault);
  });
}

void decode_uuid(const ColumnBlock& block, ColumnBuilder& builder, Unreadable& unreadable) {
  constexpr char digits[] = "0123456789abcdef";
  decode_each(block, builder, unreadable, [&](std::string_view bytes) {
    if (bytes.size() != 16) wrong_size(block);
    char* out = builder.reserve_text(36);
    for (size_t i = 0; i < 16; ++i) {
      if (i == 4 || i == 6 || i == 8 || i == 10) *out++ = '-';
      *out++ = digits[static_cast<uint8_t>(bytes[i]) >> 4];
      *out++ = digits[bytes[i] & 15];
    }
    builder.append_reserved(36);
    return Fault{};
  });
}

void decode_text(const ColumnBlock& block, ColumnBuilder& builder, Unreadable& unreadable, size_t skip) {
  if (skip == 0 && !block.check_text) return sql::decode_texts(block, builder);
  decode_each(block, builder, unreadable, [&](std::string_view bytes) {
    if (bytes.size() < skip) wrong_size(block);
    bytes.remove_prefix(skip);
    if (block.check_text && !is_utf8(bytes)) return not_utf8;
    builder.append_text(bytes);
    return Fault{};
  });
}

}  // namespace

void decode_column(const ColumnBlock& block, ColumnBuilder& builder, Unreadable& unreadable) {
  switch (block.codec.codec) {
    case Codec::boolean:
      return decode_each(block, builder, unreadable, [&](std::string_view bytes) {
        if (bytes.size() != 1) wrong_size(block);
        builder.append_boolean(bytes[0] != 0);
        return Fault{};
      });
    case Codec::int2:
      return decode_number<int16_t, int16_t>(block, builder, unreadable);
    case Codec::int4:
      return decode_number<int32_t, int32_t>(block, builder, unreadable);
    case Codec::int8:
      return decode_number<int64_t, int64_t>(block, builder, unreadable);
    case Codec::oid:
      return decode_number<uint32_t, uint32_t>(block, builder, unreadable);
    case Codec::float4:
      return decode_number<uint32_t, float>(block, builder, unreadable);
    case Codec::float8:
      return decode_number<uint64_t, double>(block, builder, unreadable);
    case Codec::date:
      return decode_wire<int32_t, int32_t>(block, builder, unreadable, to_date);
    case Codec::time:
      return decode_wire<int64_t, int64_t>(block, builder, unreadable, to_time);
    case Codec::timestamp:
      return decode_wire<int64_t, int64_t>(block, builder, unreadable, to_timestamp);
    case Codec::numeric:
      return block.codec.type.id == TypeId::decimal128 ? decode_decimal<Int128>(block, builder, unreadable)
                                                       : decode_decimal<Int256>(block, builder, unreadable);
    case Codec::numeric_text:
      return decode_each(block, builder, unreadable, [&, text = std::string()](std::string_view bytes) mutable {
        if (numeric_to_text(bytes, text) != NumericFault::none) return fault_of(NumericFault::malformed);
        builder.append_text(text);
        return Fault{};
      });
    case Codec::uuid:
      return decode_uuid(block, builder, unreadable);
    case Codec::bytea:
      return sql::decode_texts(block, builder);
    case Codec::text:
    case Codec::as_text:
      return decode_text(block, builder, unreadable, 0);
    case Codec::jsonb:
      return decode_text(block, builder, unreadable, 1);
  }
}

}  // namespace sluice::postgresql
