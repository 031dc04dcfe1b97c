// SPDX-License-Identifier: Apache-2.0
#include "job/coerce.hpp"

#include <boost/json/serialize.hpp>
#include <charconv>
#include <cmath>
#include <limits>

#include "job/quantity.hpp"
#include "job/suggest.hpp"
#include "sluice/plugin.h"

namespace sluice::job {
namespace {

using boost::json::value;

constexpr std::int64_t exact_integers = std::int64_t{1} << 53;  // of a double

std::string_view without_space(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  std::size_t begin = text.find_first_not_of(space);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc{} || end != text.data() + text.size()) return {};
  return number;
}

std::optional<double> finite(std::string_view text) {
  std::optional<double> number = parse_number<double>(text);
  if (number && !std::isfinite(*number)) return {};
  return number;
}

std::optional<std::int64_t> whole(double number) {
  if (number != std::floor(number) || std::abs(number) > static_cast<double>(exact_integers)) return {};
  return static_cast<std::int64_t>(number);
}

std::optional<value> to_integer(const value& given) {
  std::optional<std::int64_t> number;
  if (given.is_int64()) number = given.get_int64();
  if (given.is_uint64() && given.get_uint64() <= std::numeric_limits<std::int64_t>::max()) {
    number = static_cast<std::int64_t>(given.get_uint64());
  }
  if (given.is_double()) number = whole(given.get_double());
  if (given.is_string()) {
    std::string_view text = without_space(given.get_string());
    number = parse_number<std::int64_t>(text);
    std::optional<double> fraction = number ? std::nullopt : finite(text);
    if (fraction) number = whole(*fraction);
  }
  return number ? std::optional<value>(*number) : std::nullopt;
}

std::optional<value> to_number(const value& given) {
  if (given.is_double()) return given;
  if (given.is_int64()) {
    // Integers that a double cannot hold stay what they are.
    std::int64_t number = given.get_int64();
    bool exact = number <= exact_integers && number >= -exact_integers;
    return exact ? value(static_cast<double>(number)) : given;
  }
  if (given.is_uint64()) return given;
  if (!given.is_string()) return {};
  std::optional<double> number = finite(without_space(given.get_string()));
  return number ? std::optional<value>(*number) : std::nullopt;
}

std::optional<value> to_boolean(const value& given) {
  if (given.is_bool()) return given;
  if (!given.is_string()) return {};
  std::string_view text = without_space(given.get_string());
  if (equal_without_case(text, "true")) return value(true);
  if (equal_without_case(text, "false")) return value(false);
  return {};
}

std::optional<value> to_quantity(const value& given, std::optional<std::int64_t> (*parse)(std::string_view)) {
  std::optional<std::int64_t> amount;
  if (given.is_string()) amount = parse(given.get_string());
  if (given.is_int64()) amount = parse(std::to_string(given.get_int64()));
  if (given.is_double()) {
    char digits[400];
    auto [end, failed] = std::to_chars(digits, digits + sizeof digits, given.get_double(), std::chars_format::fixed);
    if (failed == std::errc{}) amount = parse({digits, end});
  }
  if (!amount || *amount < 0) return {};
  return value(*amount);
}

std::optional<value> to_string(const value& given, std::string_view written) {
  if (given.is_string()) return given;
  if (given.is_bool()) return value(given.get_bool() ? "true" : "false");
  if (!given.is_number()) return {};
  return value(written.empty() ? boost::json::serialize(given) : std::string(written));
}

// The type that the value has in JSON, when it is wanted, comes before all conversion.
bool fits_as_is(const value& given, std::uint32_t types) {
  if (given.is_string()) return (types & SLUICE_STRING) != 0;
  if (given.is_bool()) return (types & SLUICE_BOOLEAN) != 0;
  if (given.is_array()) return (types & SLUICE_ARRAY) != 0;
  if (given.is_object()) return (types & SLUICE_OBJECT) != 0;
  if (given.is_int64()) return (types & SLUICE_INTEGER) != 0;
  return given.is_double() && (types & SLUICE_NUMBER) != 0;
}

}  // namespace

std::optional<value> coerce(const value& given, std::string_view written, std::uint32_t types) {
  if (fits_as_is(given, types)) return given;
  if (given.is_array() || given.is_object() || given.is_null()) return {};
  std::optional<value> result;
  auto attempt = [&](std::uint32_t type, auto convert) {
    if (!result && (types & type) != 0) result = convert();
  };
  attempt(SLUICE_INTEGER, [&] { return to_integer(given); });
  attempt(SLUICE_NUMBER, [&] { return to_number(given); });
  attempt(SLUICE_BOOLEAN, [&] { return to_boolean(given); });
  attempt(SLUICE_BYTES, [&] { return to_quantity(given, parse_bytes); });
  attempt(SLUICE_DURATION, [&] { return to_quantity(given, parse_duration); });
  attempt(SLUICE_STRING, [&] { return to_string(given, written); });
  return result;
}

std::string shown(const value& given) {
  if (given.is_array()) return "an array";
  if (given.is_object()) return "an object";
  std::string text = boost::json::serialize(given);
  constexpr std::size_t most = 60;
  if (text.size() <= most) return text;
  std::size_t cut = most;
  while ((static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  return text.substr(0, cut) + (given.is_string() ? "...\"" : "...");
}

}  // namespace sluice::job
