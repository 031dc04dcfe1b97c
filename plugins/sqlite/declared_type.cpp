// SPDX-License-Identifier: Apache-2.0
#include "sqlite/declared_type.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>

namespace sluice::sqlite {

namespace {

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

bool contains(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// "TIMESTAMP (6) WITH TIME ZONE" is "TIMESTAMP WITH TIME ZONE".
std::string without_arguments(std::string_view text) {
  std::string out;
  int depth = 0;
  for (const char c : text) {
    if (c == '(') ++depth;
    if (depth == 0 && !(c == ' ' && (out.empty() || out.back() == ' '))) out += c;
    if (c == ')') --depth;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

// The numbers in "(10, 2)"; false when there are none.
bool arguments(std::string_view text, int& first, int& second) {
  const auto take = [&](size_t at, int& value) {
    while (at < text.size() && text[at] == ' ') ++at;
    return std::from_chars(text.data() + at, text.data() + text.size(), value).ec == std::errc();
  };
  const size_t open = text.find('(');
  if (open == std::string_view::npos || !take(open + 1, first)) return false;
  const size_t comma = text.find(',', open);
  if (comma == std::string_view::npos) return second = 0, true;
  return take(comma + 1, second);
}

// SQLite's own rules, in their order.
Kind kind_of(std::string_view text, bool strict) {
  if (text.empty() || (strict && text == "ANY")) return Kind::any;
  if (contains(text, {"INT"})) return Kind::integer;
  if (contains(text, {"CHAR", "CLOB", "TEXT"})) return Kind::text;
  if (contains(text, {"BLOB"})) return Kind::binary;
  if (contains(text, {"REAL", "FLOA", "DOUB"})) return Kind::real;
  if (is_one_of(text, {"BOOL", "BOOLEAN"})) return Kind::boolean;
  if (text == "DATE") return Kind::date;
  if (is_one_of(text, {"TIME", "TIME WITHOUT TIME ZONE"})) return Kind::time;
  if (is_one_of(text, {"DATETIME", "DATETIME2", "SMALLDATETIME", "TIMESTAMP", "TIMESTAMP WITHOUT TIME ZONE"}))
    return Kind::timestamp;
  if (is_one_of(text, {"TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE", "DATETIMEOFFSET"})) return Kind::instant;
  if (is_one_of(text, {"DECIMAL", "NUMERIC", "DEC", "NUMBER", "MONEY", "FIXED"})) return Kind::numeric;
  return Kind::loose;
}

bool is_integer(const Type& type) { return type.id >= TypeId::int8 && type.id <= TypeId::uint64; }
bool is_number(const Type& type) {
  return is_integer(type) || type.id == TypeId::float32 || type.id == TypeId::float64 || type.id == TypeId::decimal128;
}

// Where SQLite keeps whatever it is given: numbers as they are, everything else as text.
Type number_or_text(const Type& input) {
  if (is_number(input) || input.id == TypeId::boolean || input.is_text()) return input;
  return type(TypeId::utf8);
}

Type any_type(const Type& input) {
  switch (input.id) {
    case TypeId::binary:
    case TypeId::large_binary:
    case TypeId::date32:
    case TypeId::time64_us:
    case TypeId::timestamp_us:
      return input;
    default:
      return number_or_text(input);
  }
}

}  // namespace

DeclaredType declared_type(std::string_view declaration, bool strict) {
  const std::string all = upper(declaration);
  DeclaredType declared{kind_of(without_arguments(all), strict), 0, 0, std::string(declaration)};
  int precision = 0, scale = 0;
  if (declared.kind != Kind::numeric || !arguments(all, precision, scale)) return declared;
  if (precision < 1 || precision > 38 || scale < 0 || scale > precision) return declared;
  declared.kind = Kind::decimal;
  declared.precision = precision;
  declared.scale = scale;
  return declared;
}

Type DeclaredType::type() const {
  switch (kind) {
    case Kind::integer:
      return sluice::type(TypeId::int64);
    case Kind::real:
      return sluice::type(TypeId::float64);
    case Kind::binary:
      return sluice::type(TypeId::binary);
    case Kind::boolean:
      return sluice::type(TypeId::boolean);
    case Kind::decimal:
      return sluice::decimal(precision, scale);
    case Kind::date:
      return sluice::type(TypeId::date32);
    case Kind::time:
      return sluice::type(TypeId::time64_us);
    case Kind::timestamp:
      return wall_clock();
    case Kind::instant:
      return sluice::instant();
    default:
      return sluice::type(TypeId::utf8);
  }
}

std::string DeclaredType::logical() const {
  if (kind == Kind::numeric) return "decimal";
  if (kind != Kind::loose) return "";
  const std::string word = upper(native);
  return word == "JSON" || word == "JSONB" ? "json" : word == "UUID" ? "uuid" : "";
}

bool DeclaredType::has_numeric_affinity() const {
  return kind != Kind::text && kind != Kind::binary && kind != Kind::any;
}

Type wanted_type(const DeclaredType& declared, const Type& input) {
  switch (declared.kind) {
    case Kind::text:
      return input.is_text() ? input : type(TypeId::utf8);
    case Kind::binary:
      return input.is_binary() ? input : type(TypeId::binary);
    case Kind::numeric:
    case Kind::loose:
      return number_or_text(input);
    case Kind::any:
      return any_type(input);
    default:
      return declared.type();
  }
}

std::string declaration_for(const Type& input) {
  switch (input.id) {
    case TypeId::boolean:
      return "BOOLEAN";
    case TypeId::float32:
    case TypeId::float64:
      return "REAL";
    case TypeId::decimal128:
      // Beyond 15 digits only a text keeps them all.
      if (input.precision > 15) return "TEXT";
      return "DECIMAL(" + std::to_string(input.precision) + "," + std::to_string(input.scale) + ")";
    case TypeId::binary:
    case TypeId::large_binary:
      return "BLOB";
    case TypeId::date32:
      return "DATE";
    case TypeId::time64_us:
      return "TIME";
    case TypeId::timestamp_us:
      return input.utc ? "TIMESTAMPTZ" : "TIMESTAMP";
    case TypeId::uint64:
      return "TEXT";  // INTEGER ends at 9223372036854775807
    default:
      return is_integer(input) ? "INTEGER" : "TEXT";
  }
}

}  // namespace sluice::sqlite
