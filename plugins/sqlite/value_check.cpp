// SPDX-License-Identifier: Apache-2.0
#include "sqlite/value_check.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "sql/sql_text.hpp"
#include "sqlite/decimal_text.hpp"
#include "sql/time_text.hpp"

namespace sluice::sqlite {

namespace {

constexpr BadCell nan_value{"range", "NaN, which SQLite stores as NULL"};
constexpr BadCell too_many_digits{
    "inexact", "more digits than a DECIMAL column of SQLite keeps (15 for certain); a TEXT column keeps them all"};
constexpr BadCell not_a_number{"parse", "not a number, for a column declared as one"};
constexpr BadCell becomes_number{
    "inexact", "a text that SQLite would turn into another number's text here; a TEXT column keeps it as it is"};
constexpr BadCell year_out_of_range{"range", "a time outside the years 0000 to 9999"};
constexpr BadCell time_out_of_range{"range", "a time of day outside 00:00:00 to 23:59:59.999999"};

template <class T>
const BadCell* check_real(const ColumnView& view, int64_t row) {
  return std::isnan(view.value<T>(row)) ? &nan_value : nullptr;
}

bool is_stored(const StoredNumber& number) { return number.form != StoredNumber::Form::none; }

const BadCell* check_decimal(const ColumnView& view, int64_t row) {
  return is_stored(stored_number(view.value<Int128>(row), view.type().scale)) ? nullptr : &too_many_digits;
}

const BadCell* check_unsigned(const ColumnView& view, int64_t row) {
  const auto value = view.value<uint64_t>(row);
  return value <= INT64_MAX || is_stored(stored_number(Int128(value), 0)) ? nullptr : &too_many_digits;
}

// SQLite takes a text for a number when all of it reads as one, blanks around it aside.
bool reads_as_number(std::string_view text) {
  text = sql::trimmed(text);
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool word = !text.empty() && text[0] != '.' && (text[0] < '0' || text[0] > '9');  // inf, nan
  return !word && end != text.data() && end == text.data() + text.size();
}

const BadCell* check_text_number(const ColumnView& view, int64_t row) {
  const std::string_view text = view.text(row);
  if (is_stored(stored_number(text))) return nullptr;
  return reads_as_number(text) ? &too_many_digits : &not_a_number;
}

const BadCell* check_loose_text(const ColumnView& view, int64_t row) {
  const std::string_view text = view.text(row);
  if (!reads_as_number(text)) return nullptr;
  const StoredNumber number = stored_number(text);
  char buffer[40];
  if (number.form == StoredNumber::Form::real && write_double(number.real, buffer, sizeof buffer) == text)
    return nullptr;
  if (number.form == StoredNumber::Form::integer && std::to_string(number.integer) == text) return nullptr;
  return &becomes_number;
}

const BadCell* check_date(const ColumnView& view, int64_t row) {
  return sql::date_has_text(view.value<int32_t>(row)) ? nullptr : &year_out_of_range;
}

const BadCell* check_time(const ColumnView& view, int64_t row) {
  return sql::time_has_text(view.value<int64_t>(row)) ? nullptr : &time_out_of_range;
}

const BadCell* check_timestamp(const ColumnView& view, int64_t row) {
  return sql::timestamp_has_text(view.value<int64_t>(row)) ? nullptr : &year_out_of_range;
}

}  // namespace

CheckValue check_value(const DeclaredType& declared, const Type& type) {
  switch (type.id) {
    case TypeId::float32:
      return &check_real<float>;
    case TypeId::float64:
      return &check_real<double>;
    case TypeId::decimal128:
      return declared.has_numeric_affinity() && type.precision > 15 ? &check_decimal : nullptr;
    case TypeId::uint64:
      return declared.has_numeric_affinity() ? &check_unsigned : nullptr;
    case TypeId::utf8:
    case TypeId::large_utf8:
      return declared.kind == Kind::numeric ? &check_text_number
             : declared.kind == Kind::loose ? &check_loose_text
                                            : nullptr;
    case TypeId::date32:
      return &check_date;
    case TypeId::time64_us:
      return &check_time;
    case TypeId::timestamp_us:
      return &check_timestamp;
    default:
      return nullptr;
  }
}

void find_bad_values(const ColumnView& view, size_t column, CheckValue check, std::vector<BadValue>& found) {
  for (int64_t row = 0; row < view.size(); ++row) {
    if (view.is_null(row)) continue;
    if (const BadCell* why = check(view, row)) found.push_back({row, column, why});
  }
}

void keep_first_of_each_row(std::vector<BadValue>& found) {
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.row < b.row; });
  const auto last =
      std::unique(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.row == b.row; });
  found.erase(last, found.end());
}

}  // namespace sluice::sqlite
