// SPDX-License-Identifier: Apache-2.0
#include "value_parser.hpp"

#include <strings.h>

#include <charconv>
#include <cmath>

#include "base64.hpp"
#include "decimal_text.hpp"

namespace sluice::file {

namespace {

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool is_word(std::string_view text, std::string_view word) {
  return text.size() == word.size() && strncasecmp(text.data(), word.data(), word.size()) == 0;
}

template <class Number>
std::errc parse_number(std::string_view text, Number& out) {
  const bool plus = text.size() > 1 && text[0] == '+' && text[1] != '-';
  const char* const end = text.data() + text.size();
  const auto [at, failed] = std::from_chars(text.data() + (plus ? 1 : 0), end, out);
  return failed == std::errc() && at != end ? std::errc::invalid_argument : failed;
}

}  // namespace

ValueParser::ValueParser(const Column& column, ColumnBuilder& builder)
    : kind_(column.kind),
      precision_(column.type.precision),
      scale_(column.type.scale),
      format_(column.format.get()),
      is_iso_date_(format_ != nullptr && format_->is_iso_date()),
      builder_(builder) {}

const char* ValueParser::append_typed(std::string_view text) {
  if (text.empty()) return append_empty();
  if (text.front() == ' ' || text.back() == ' ') {
    text = without_blanks(text);
    if (text.empty()) return append_empty();
  }
  switch (kind_) {
    case Kind::text:
      break;
    case Kind::integer:
      return append_integer(text);
    case Kind::unsigned_integer:
      return append_unsigned(text);
    case Kind::number:
      return append_number(text);
    case Kind::boolean:
      return append_boolean(text);
    case Kind::decimal:
      return append_decimal(text);
    case Kind::any_decimal:
      if (!is_decimal(text)) return "not a decimal number";
      return builder_.append_text(text), nullptr;
    case Kind::bytes:
      return append_bytes(text);
    case Kind::date:
    case Kind::timestamp:
    case Kind::instant:
    case Kind::time:
      return append_time(text);
  }
  return "no such type";
}

// No number and no date, but a value of no bytes.
const char* ValueParser::append_empty() {
  if (kind_ == Kind::bytes)
    builder_.append_text({});
  else
    builder_.append_null();
  return nullptr;
}

const char* ValueParser::append_integer(std::string_view text) {
  std::int64_t value;
  if (parse_usual_integer(text, value)) return builder_.append(value), nullptr;
  const std::errc failed = parse_number(text, value);
  if (failed == std::errc::result_out_of_range) return "out of the range of a 64-bit integer";
  if (failed != std::errc()) return "not an integer";
  builder_.append(value);
  return nullptr;
}

const char* ValueParser::append_unsigned(std::string_view text) {
  std::uint64_t value;
  const std::errc failed = parse_number(text, value);
  if (failed == std::errc::result_out_of_range) return "out of the range of an unsigned 64-bit integer";
  if (failed != std::errc()) return "not an unsigned integer";
  builder_.append(value);
  return nullptr;
}

const char* ValueParser::append_number(std::string_view text) {
  double value;
  const std::errc failed = parse_number(text, value);
  if (failed == std::errc::result_out_of_range) return "out of the range of a double";
  if (failed != std::errc()) return "not a number";
  builder_.append(value);
  return nullptr;
}

const char* ValueParser::append_boolean(std::string_view text) {
  const bool yes = is_word(text, "true") || is_word(text, "t") || text == "1" || is_word(text, "yes");
  const bool no = is_word(text, "false") || is_word(text, "f") || text == "0" || is_word(text, "no");
  if (!yes && !no) return "not a boolean (true, false)";
  builder_.append_boolean(yes);
  return nullptr;
}

const char* ValueParser::append_decimal(std::string_view text) {
  Int128 value = 0;
  if (const char* why = parse_decimal(text, precision_, scale_, value)) return why;
  builder_.append(value);
  return nullptr;
}

const char* ValueParser::append_time(std::string_view text) {
  const Wanted wanted = kind_ == Kind::time      ? Wanted::time
                        : kind_ == Kind::instant ? Wanted::instant
                        : kind_ == Kind::date    ? Wanted::date
                                                 : Wanted::date_time;
  DateTime value;
  if (const char* why = format_ != nullptr ? format_->parse(text, value) : parse_iso(text, wanted, value)) return why;
  if (kind_ == Kind::date)
    builder_.append(value.days);
  else if (kind_ == Kind::time)
    builder_.append(value.micros);
  else
    builder_.append(value.timestamp() - value.offset_seconds * micros_per_second);
  return nullptr;
}

const char* ValueParser::append_bytes(std::string_view text) {
  const auto size = decode_base64(text, builder_.reserve_text(text.size() / 4 * 3));
  // What was reserved stays counted until the value is appended, so a wrong one is appended and dropped.
  builder_.append_reserved(size.value_or(0));
  if (size) return nullptr;
  builder_.drop_last();
  return "not base64";
}

}  // namespace sluice::file
