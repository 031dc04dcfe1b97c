// SPDX-License-Identifier: Apache-2.0
#include "record/hash.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <array>
#include <cmath>
#include <concepts>
#include <limits>
#include <vector>

#include "record/calendar.hpp"
#include "record/decimal.hpp"
#include "record/kernel.hpp"

namespace sluice::record {
namespace {

// What kind of value follows in a record's bytes. The numbers are part of the checksum: never change them.
enum class Kind : std::uint8_t {
  null_ = 0,
  boolean = 1,
  number = 2,       // 64 bits; power of ten
  wide_number = 3,  // 512 bits
  real = 4,
  text = 5,
  bytes = 6,
  date = 7,
  time = 8,
  local = 9,
  instant = 10,
  duration = 11,
};

// Appends cells of one record after the other.
class Encoder {
 public:
  void clear() { buffer_.resize(0); }
  std::string_view bytes() const { return {reinterpret_cast<const char*>(buffer_.data()), buffer_.size()}; }

  template <class... T>
  void put(Kind kind, const T&... parts) {
    buffer_.append(kind);
    (buffer_.append(parts), ...);
  }
  void put_text(Kind kind, std::string_view text) {
    put(kind, static_cast<std::uint64_t>(text.size()));
    buffer_.append(text.data(), text.size());
  }

 private:
  Buffer buffer_;
};

// value / 10^scale, so that 1.50 and 1.5 are one number.
template <class Int>
void put_scaled(Encoder& out, Int value, int scale) {
  if (value == 0) scale = 0;
  while (scale > 0 && value % 10 == 0) value /= 10, --scale;
  for (; scale < 0; ++scale) value *= 10;
  if (value >= INT64_MIN && value <= INT64_MAX) return out.put(Kind::number, static_cast<std::int64_t>(value), scale);
  std::array<std::uint8_t, 64> bytes{};
  const Int512 magnitude(value);
  export_bits(Int512(abs(magnitude)), bytes.begin(), 8, false);
  out.put(Kind::wide_number, bytes, scale, value < 0);
}

// 128 bits hold a decimal128 but not always with more zeros behind it.
void put_narrow(Encoder& out, Int128 value, int scale) {
  if (scale < 0) return put_scaled(out, Int512(value), scale);
  if (value != static_cast<std::int64_t>(value)) return put_scaled(out, value, scale);
  auto narrow = static_cast<std::int64_t>(value);
  if (narrow == 0) scale = 0;
  while (scale > 0 && narrow % 10 == 0) narrow /= 10, --scale;
  out.put(Kind::number, narrow, scale);
}

void put_real(Encoder& out, double value) {
  if (value == 0) value = 0;  // -0 is 0
  if (std::isnan(value)) value = std::numeric_limits<double>::quiet_NaN();
  out.put(Kind::real, value);
}

// Seconds and nanoseconds, whatever the column counts in.
void put_moment(Encoder& out, Kind kind, std::int64_t value, std::int64_t unit) {
  const std::int64_t nanoseconds = floor_mod(value, unit) * (1'000'000'000 / unit);
  out.put(kind, floor_div(value, unit), static_cast<std::int32_t>(nanoseconds));
}

template <class T>
void put_integer(Encoder& out, T value) {
  if constexpr (sizeof(T) == 8 && std::unsigned_integral<T>) {
    if (value > INT64_MAX) return put_scaled(out, static_cast<Int128>(value), 0);
  }
  out.put(Kind::number, static_cast<std::int64_t>(value), 0);
}

void put_cell(Encoder& out, const ColumnView& column, std::int64_t row) {
  const Type& type = column.type;
  if (column.is_null(row)) return out.put(Kind::null_);
  switch (type.id) {
    case TypeId::null_:
      return out.put(Kind::null_);
    case TypeId::boolean:
      return out.put(Kind::boolean, column.boolean(row));
    case TypeId::int8:
      return put_integer(out, column.at<std::int8_t>(row));
    case TypeId::int16:
      return put_integer(out, column.at<std::int16_t>(row));
    case TypeId::int32:
      return put_integer(out, column.at<std::int32_t>(row));
    case TypeId::int64:
      return put_integer(out, column.at<std::int64_t>(row));
    case TypeId::uint8:
      return put_integer(out, column.at<std::uint8_t>(row));
    case TypeId::uint16:
      return put_integer(out, column.at<std::uint16_t>(row));
    case TypeId::uint32:
      return put_integer(out, column.at<std::uint32_t>(row));
    case TypeId::uint64:
      return put_integer(out, column.at<std::uint64_t>(row));
    case TypeId::float32:
      return put_real(out, column.at<float>(row));
    case TypeId::float64:
      return put_real(out, column.at<double>(row));
    case TypeId::decimal128:
      return put_narrow(out, column.at<Int128>(row), type.scale);
    case TypeId::decimal256:
      return put_scaled(out, load_256(column.values, row), type.scale);
    case TypeId::utf8:
    case TypeId::large_utf8:
      return out.put_text(Kind::text, column.text(row));
    case TypeId::binary:
    case TypeId::large_binary:
      return out.put_text(Kind::bytes, column.text(row));
    case TypeId::date32:
      return out.put(Kind::date, column.at<std::int32_t>(row));
    case TypeId::time64_us:
    case TypeId::time64_ns:
      return put_moment(out, Kind::time, column.at<std::int64_t>(row), per_second(type.id));
    case TypeId::timestamp_us:
    case TypeId::timestamp_ns:
      return put_moment(out, type.utc ? Kind::instant : Kind::local, column.at<std::int64_t>(row), per_second(type.id));
    case TypeId::duration_us:
      return out.put(Kind::duration, column.at<std::int64_t>(row));
  }
}

}  // namespace

void hash_records(std::span<const ColumnView> columns, std::int64_t rows, std::vector<RecordHash>& out) {
  out.clear();
  out.reserve(static_cast<std::size_t>(rows));
  Encoder encoder;
  for (std::int64_t row = 0; row < rows; ++row) {
    encoder.clear();
    for (const ColumnView& column : columns) put_cell(encoder, column, row);
    const XXH128_hash_t hash = XXH3_128bits(encoder.bytes().data(), encoder.bytes().size());
    out.push_back({hash.low64, hash.high64});
  }
}

void Checksum::add(const Checksum& other) {
  low += other.low;
  high += other.high + (low < other.low ? 1 : 0);
  records += other.records;
}

void Checksum::add(const Batch& batch, const Schema& schema) {
  std::vector<ColumnView> columns;
  for (std::size_t i = 0; i < schema.size(); ++i) columns.emplace_back(batch.column(i), schema.type(i));
  std::vector<RecordHash> hashes;
  hash_records(columns, batch.rows(), hashes);
  for (const RecordHash& hash : hashes) add({hash.low, hash.high, 1});
}

std::string Checksum::text() const {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const std::uint64_t word : {high, low}) {
    for (int shift = 60; shift >= 0; shift -= 4) text += digits[word >> shift & 15];
  }
  return text;
}

}  // namespace sluice::record
