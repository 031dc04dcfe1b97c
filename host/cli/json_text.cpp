// SPDX-License-Identifier: Apache-2.0
#include "cli/json_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>

namespace sluice::cli {
namespace {

using boost::json::value;

constexpr std::size_t most_on_a_line = 100;

std::string key_text(std::string_view key) { return boost::json::serialize(value(key)) + ": "; }

std::string scalar(const value& given) {
  if (!given.is_double()) return boost::json::serialize(given);
  char text[32];
  auto [end, failed] = std::to_chars(text, text + sizeof text, given.get_double());
  return {text, end};
}

// Calls `each(prefix, value)` for the elements of an array or an object.
template <class Each>
void for_each_element(const value& given, Each each) {
  if (const boost::json::object* object = given.if_object()) {
    for (const auto& member : *object) each(key_text(member.key()), member.value());
  } else {
    for (const value& element : given.get_array()) each(std::string(), element);
  }
}

void broken(const value& given, std::size_t indent, std::string& text);

// `before`: what stands on the line already.
void append(const value& given, std::size_t indent, std::size_t before, std::string& text) {
  std::string line = json_line(given);
  bool plain = !given.is_array() && !given.is_object();
  if (plain || line.size() <= 2 || before + line.size() < most_on_a_line) {
    text += line;
  } else {
    broken(given, indent, text);
  }
}

void broken(const value& given, std::size_t indent, std::string& text) {
  const bool object = given.is_object();
  const std::string margin(indent + 2, ' ');
  std::string separator = object ? "{\n" : "[\n";
  for_each_element(given, [&](const std::string& prefix, const value& element) {
    text.append(separator).append(margin).append(prefix);
    append(element, indent + 2, margin.size() + prefix.size(), text);
    separator = ",\n";
  });
  text.append("\n").append(indent, ' ').append(object ? "}" : "]");
}

}  // namespace

std::string json_line(const value& given) {
  if (!given.is_array() && !given.is_object()) return scalar(given);
  const bool object = given.is_object();
  std::string text(object ? "{" : "["), separator;
  for_each_element(given, [&](const std::string& prefix, const value& element) {
    text.append(separator).append(prefix).append(json_line(element));
    separator = ", ";
  });
  return text += object ? '}' : ']';
}

std::string json_text(const value& given, std::size_t indent) {
  std::string text;
  append(given, indent, indent, text);
  return text;
}

}  // namespace sluice::cli
