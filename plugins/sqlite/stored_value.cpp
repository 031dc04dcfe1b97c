// SPDX-License-Identifier: Apache-2.0
#include "sqlite/stored_value.hpp"

#include <charconv>

#include "sql/time_text.hpp"
#include "sqlite/decimal_text.hpp"

namespace sluice::sqlite {

namespace {

template <class T>
void put_integer(sqlite3_context* out, const ColumnView& view, int64_t row) {
  sqlite3_result_int64(out, static_cast<int64_t>(view.value<T>(row)));
}

template <class T>
void put_real(sqlite3_context* out, const ColumnView& view, int64_t row) {
  sqlite3_result_double(out, static_cast<double>(view.value<T>(row)));
}

void put_boolean(sqlite3_context* out, const ColumnView& view, int64_t row) {
  sqlite3_result_int(out, view.boolean(row) ? 1 : 0);
}

void put_copy(sqlite3_context* out, const char* text, size_t size) {
  sqlite3_result_text64(out, text, size, SQLITE_TRANSIENT, SQLITE_UTF8);
}

// Beyond 64 signed bits: only where SQLite keeps texts as they are, or as a number that says the same.
void put_unsigned(sqlite3_context* out, const ColumnView& view, int64_t row) {
  const auto value = view.value<uint64_t>(row);
  if (value <= INT64_MAX) return sqlite3_result_int64(out, static_cast<int64_t>(value));
  char text[24];
  put_copy(out, text, static_cast<size_t>(std::to_chars(text, text + sizeof text, value).ptr - text));
}

void put_text(sqlite3_context* out, const ColumnView& view, int64_t row) {
  const std::string_view text = view.text(row);
  if (text.empty()) return sqlite3_result_text(out, "", 0, SQLITE_STATIC);  // no pointer: that would be NULL
  sqlite3_result_text64(out, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

void put_binary(sqlite3_context* out, const ColumnView& view, int64_t row) {
  const std::string_view bytes = view.text(row);
  if (bytes.empty()) return sqlite3_result_zeroblob(out, 0);  // no pointer: that would be NULL
  sqlite3_result_blob64(out, bytes.data(), bytes.size(), SQLITE_STATIC);
}

void put_number(sqlite3_context* out, const StoredNumber& number) {
  if (number.form == StoredNumber::Form::integer)
    sqlite3_result_int64(out, number.integer);
  else
    sqlite3_result_double(out, number.real);
}

void put_decimal_number(sqlite3_context* out, const ColumnView& view, int64_t row) {
  put_number(out, stored_number(view.value<Int128>(row), view.type().scale));
}

void put_text_number(sqlite3_context* out, const ColumnView& view, int64_t row) {
  put_number(out, stored_number(view.text(row)));
}

void put_decimal_text(sqlite3_context* out, const ColumnView& view, int64_t row) {
  char text[sql::longest_decimal_text];
  put_copy(out, text, sql::write_decimal(view.value<Int128>(row), view.type().scale, text));
}

void put_date(sqlite3_context* out, const ColumnView& view, int64_t row) {
  char text[sql::longest_time_text];
  put_copy(out, text, sql::write_date(view.value<int32_t>(row), text));
}

void put_time(sqlite3_context* out, const ColumnView& view, int64_t row) {
  char text[sql::longest_time_text];
  put_copy(out, text, sql::write_time(view.value<int64_t>(row), text));
}

void put_timestamp(sqlite3_context* out, const ColumnView& view, int64_t row) {
  char text[sql::longest_time_text];
  put_copy(out, text, sql::write_timestamp(view.value<int64_t>(row), view.type().utc, text));
}

void put_null(sqlite3_context* out, const ColumnView&, int64_t) { sqlite3_result_null(out); }

}  // namespace

PutValue put_value(const DeclaredType& declared, const Type& type) {
  switch (type.id) {
    case TypeId::boolean:
      return &put_boolean;
    case TypeId::int8:
      return &put_integer<int8_t>;
    case TypeId::int16:
      return &put_integer<int16_t>;
    case TypeId::int32:
      return &put_integer<int32_t>;
    case TypeId::int64:
      return &put_integer<int64_t>;
    case TypeId::uint8:
      return &put_integer<uint8_t>;
    case TypeId::uint16:
      return &put_integer<uint16_t>;
    case TypeId::uint32:
      return &put_integer<uint32_t>;
    case TypeId::uint64:
      return &put_unsigned;
    case TypeId::float32:
      return &put_real<float>;
    case TypeId::float64:
      return &put_real<double>;
    case TypeId::decimal128:
      return declared.has_numeric_affinity() ? &put_decimal_number : &put_decimal_text;
    case TypeId::utf8:
    case TypeId::large_utf8:
      return declared.kind == Kind::numeric ? &put_text_number : &put_text;
    case TypeId::binary:
    case TypeId::large_binary:
      return &put_binary;
    case TypeId::date32:
      return &put_date;
    case TypeId::time64_us:
      return &put_time;
    case TypeId::timestamp_us:
      return &put_timestamp;
    default:
      return &put_null;
  }
}

}  // namespace sluice::sqlite
