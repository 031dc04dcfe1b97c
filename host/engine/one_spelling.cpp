// SPDX-License-Identifier: Apache-2.0
#include "engine/one_spelling.hpp"

#include <sluice/plugin.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cctype>
#include <charconv>

#include "engine/json_order.hpp"

namespace sluice::engine {
namespace {

namespace json = boost::json;

constexpr long farthest = 1'000'000'000;  // exponent

std::string one_uuid(std::string_view text) {
  std::string digits;
  for (const unsigned char c : text) {
    if (c == '-' || c == '{' || c == '}') continue;
    if (std::isxdigit(c) == 0) return std::string(text);
    digits += static_cast<char>(std::tolower(c));
  }
  return digits;
}

// Digits and the power of ten of the last one: 1.50, 15e-1 and 0001.5 are "15e-1".
std::string one_decimal(std::string_view text) {
  const bool negative = text.starts_with('-');
  std::string digits;
  long exponent = 0;
  std::size_t at = negative || text.starts_with('+') ? 1 : 0;
  for (bool behind_point = false; at < text.size() && text[at] != 'e' && text[at] != 'E'; ++at) {
    if (text[at] == '.' && !behind_point) {
      behind_point = true;
      continue;
    }
    if (std::isdigit(static_cast<unsigned char>(text[at])) == 0) return std::string(text);
    digits += text[at];
    if (behind_point) --exponent;
  }
  if (digits.empty()) return std::string(text);
  if (at < text.size()) {
    long more = 0;
    const std::size_t first = at + (text.substr(at).starts_with("e+") || text.substr(at).starts_with("E+") ? 2 : 1);
    const auto [end, failed] = std::from_chars(text.data() + first, text.data() + text.size(), more);
    if (failed != std::errc() || end != text.data() + text.size() || more != std::clamp(more, -farthest, farthest))
      return std::string(text);
    exponent += more;
  }
  digits.erase(0, digits.find_first_not_of('0'));
  if (digits.empty()) return "0";
  const std::size_t zeros = digits.size() - 1 - digits.find_last_not_of('0');
  digits.resize(digits.size() - zeros);
  return (negative ? "-" : "") + digits + "e" + std::to_string(exponent + static_cast<long>(zeros));
}

// The text with its numbers as texts, so that they lose nothing: digits behind a '0'. Other texts get a '1'.
std::string with_number_texts(std::string_view text) {
  std::string copy;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    if (text[at] == '"') {
      while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
      copy.append("\"1").append(text.substr(at + 1, end - at));
      ++end;
    } else if (text[at] == '-' || std::isdigit(static_cast<unsigned char>(text[at])) != 0) {
      end = std::min(text.find_first_not_of("+-.0123456789eE", at), text.size());
      copy.append("\"0").append(one_decimal(text.substr(at, end - at))).append("\"");
    } else {
      copy += text[at];
    }
    at = end;
  }
  return copy;
}

std::string one_json(std::string_view text) {
  boost::system::error_code broken;
  json::parse(text, broken);
  return broken ? std::string(text) : json::serialize(in_order(json::parse(with_number_texts(text))));
}

}  // namespace

bool has_spellings(const record::Field& field) {
  const auto type = field.find(SLUICE_META_TYPE);
  return type && (*type == "json" || *type == "uuid" || *type == "decimal") && record::is_text(field.type.id);
}

std::string one_spelling(std::string_view type, std::string_view text) {
  if (type == "json") return one_json(text);
  return type == "uuid" ? one_uuid(text) : one_decimal(text);
}

}  // namespace sluice::engine
