// SPDX-License-Identifier: Apache-2.0
#include "postgresql/binary_cells.hpp"

#include <string>
#include <string_view>

#include "postgresql/numeric.hpp"
#include "postgresql/server_value.hpp"

namespace sluice::postgresql {

namespace {

constexpr Fault not_a_uuid{"parse", "not a uuid"};
constexpr Fault unreadable_number{"parse", "not a number"};
constexpr Fault not_kept{"inexact", "the column keeps fewer digits than the number has"};
constexpr Fault too_long{"too-long", "a text longer than the column's type can hold"};

// The server holds no more than a gigabyte, and neither does a cell.
constexpr size_t most_of_a_field = (size_t{1} << 30) - 2;

int nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// 32 digits; hyphens between pairs, and braces around it, are the writer's taste.
Fault read_uuid(std::string_view text, char* bytes) {
  size_t digits = 0;
  int high = 0;
  if (text.size() > 2 && text.front() == '{' && text.back() == '}') text = text.substr(1, text.size() - 2);
  for (const char c : text) {
    if (c == '-' && digits % 4 == 0) continue;
    const int value = nibble(c);
    if (value < 0 || digits == 32) return not_a_uuid;
    if (digits % 2 == 0)
      high = value;
    else
      bytes[digits / 2] = static_cast<char>(high * 16 + value);
    ++digits;
  }
  return digits == 32 ? Fault{} : not_a_uuid;
}

}  // namespace

// One call of make().
class BinaryCells::Making {
 public:
  Making(BinaryCells& of, const ColumnView& column, Records records, BinaryCell* cells, std::vector<CellFault>& faults)
      : codec_(*of.codec_),
        index_(of.index_),
        made_(of.made_),
        column_(column),
        records_(records),
        cells_(cells + of.index_),
        faults_(faults) {
    made_.clear();
  }

  // `put(row, at, fault)` writes a value into `most_bytes` at most, and answers its end.
  template <class Put>
  void values(size_t most_bytes, Put put) {
    char* at = made_.make_room(static_cast<size_t>(records_.count) * most_bytes + BinaryCell::slack);
    each([&](int64_t row, BinaryCell& cell) {
      Fault fault;
      char* const end = put(row, at, fault);
      if (fault) [[unlikely]]
        fail(row, fault);
      cell = cell_of(at, static_cast<size_t>(end - at));
      at = end;
    });
  }

  // `read(row, value)` answers the value's fault.
  template <class T, class Read>
  void numbers(Read read) {
    values(sizeof(T), [&](int64_t row, char* at, Fault& fault) {
      T value{};
      fault = read(row, value);
      return store_big(at, value);
    });
  }

  template <class T>
  void numbers_as_they_are() {
    numbers<T>([&](int64_t row, T& value) {
      value = column_.value<T>(row);
      return Fault{};
    });
  }

  template <class Decimal>
  void decimals() {
    const int scale = codec_.type.scale;
    values(most_numeric_bytes, [&](int64_t row, char* at, Fault& fault) {
      const auto value = column_.value<Decimal>(row);
      if (codec_.scale) {
        char text[sql::longest_decimal_text];
        if (!is_kept({text, sql::write_decimal(value, scale, text)}, *codec_.scale)) fault = not_kept;
      }
      return at + numeric_from_decimal(value, scale, at);
    });
  }

  // As long as they happen to be.
  void numbers_of_texts() {
    std::string bytes;
    each([&](int64_t row, BinaryCell& cell) {
      bytes.clear();
      const std::string_view text = column_.text(row);
      const bool is_number = numeric_from_text(text, bytes);
      if (!is_number || (codec_.scale && !is_kept(text, *codec_.scale)))
        fail(row, is_number ? not_kept : unreadable_number);
      made_.append(bytes.data(), bytes.size());
      cell = cell_of(nullptr, bytes.size());
    });
    made_.make_room(BinaryCell::slack);
    // Only now do they stay where they are.
    const char* at = made_.data();
    each([&](int64_t, BinaryCell& cell) {
      cell.bytes = at;
      at += cell.size;
    });
  }

  // Those of the batch.
  void texts() {
    const std::string_view last = column_.text(records_.first + records_.count - 1);
    const char* const end = last.data() + last.size();
    const bool has_version = codec_.codec == Codec::jsonb;
    each([&](int64_t row, BinaryCell& cell) {
      const std::string_view text = column_.text(row);
      if (text.size() > (codec_.most_bytes != 0 ? codec_.most_bytes : most_of_a_field)) fail(row, too_long);
      cell = cell_of(text.data(), text.size());
      cell.is_short_of_room = static_cast<size_t>(end - text.data()) < text.size() + BinaryCell::slack;
      if (has_version) {
        cell.has_version = 1;
        cell.length = swapped(static_cast<int32_t>(text.size() + 1));
      }
    });
  }

 private:
  static BinaryCell cell_of(const char* bytes, size_t size) {
    return {bytes, swapped(static_cast<int32_t>(size)), static_cast<uint32_t>(size & 0x3FFFFFFF), 0, 0};
  }

  // All but the NULLs, which are made here.
  template <class Make>
  void each(Make make) {
    BinaryCell* cell = cells_;
    for (int64_t row = records_.first; row < records_.first + records_.count; ++row, cell += records_.columns)
      if (column_.is_null(row))
        *cell = {nullptr, -1, 0, 1, 0};
      else
        make(row, *cell);
  }

  void fail(int64_t row, Fault fault) { faults_.push_back({row, static_cast<int32_t>(index_), fault}); }

  const ColumnCodec& codec_;
  const size_t index_;
  Buffer& made_;
  const ColumnView& column_;
  const Records records_;
  BinaryCell* const cells_;
  std::vector<CellFault>& faults_;
};

void BinaryCells::make(const ColumnView& column, Records records, BinaryCell* cells, std::vector<CellFault>& faults) {
  Making making(*this, column, records, cells, faults);
  const ColumnCodec& codec = *codec_;
  switch (codec.codec) {
    case Codec::boolean:
      return making.numbers<int8_t>([&](int64_t row, int8_t& value) {
        value = column.boolean(row) ? 1 : 0;
        return Fault{};
      });
    case Codec::int2:
      return making.numbers_as_they_are<uint16_t>();
    case Codec::int4:
    case Codec::oid:
    case Codec::float4:
      return making.numbers_as_they_are<uint32_t>();
    case Codec::int8:
    case Codec::float8:
      return making.numbers_as_they_are<uint64_t>();
    case Codec::numeric:
      return codec.type.id == TypeId::decimal256 ? making.decimals<Int256>() : making.decimals<Int128>();
    case Codec::numeric_text:
      return making.numbers_of_texts();
    case Codec::date:
      return making.numbers<int32_t>(
          [&](int64_t row, int32_t& value) { return to_server_date(column.value<int32_t>(row), value); });
    case Codec::time:
      return making.numbers<int64_t>([&](int64_t row, int64_t& value) {
        return to_server_time(column.value<int64_t>(row), codec.precision, value);
      });
    case Codec::timestamp:
      return making.numbers<int64_t>([&](int64_t row, int64_t& value) {
        return to_server_timestamp(column.value<int64_t>(row), codec.precision, value);
      });
    case Codec::uuid:
      return making.values(16, [&](int64_t row, char* at, Fault& fault) {
        fault = read_uuid(column.text(row), at);
        return at + 16;
      });
    case Codec::text:
      if (codec.most_bytes != 1) return making.texts();
      // "char" keeps an empty text as a zero.
      return making.values(1, [&](int64_t row, char* at, Fault& fault) {
        const std::string_view text = column.text(row);
        if (text.size() > 1) fault = too_long;
        *at = text.empty() ? '\0' : text[0];
        return at + 1;
      });
    case Codec::as_text:
    case Codec::bytea:
    case Codec::jsonb:
      return making.texts();
  }
}

}  // namespace sluice::postgresql
