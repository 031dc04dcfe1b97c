// SPDX-License-Identifier: Apache-2.0
#include "job/option.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>

#include "job/secret_reference.hpp"
#include "job/suggest.hpp"

namespace sluice::job {
namespace {

constexpr std::string_view hidden = "***";

struct TypeWords {
  std::uint32_t type;
  std::string_view one;
  std::string_view many;
};

constexpr std::array<TypeWords, 7> type_words{{{SLUICE_STRING, "a string", "strings"},
                                               {SLUICE_INTEGER, "an integer", "integers"},
                                               {SLUICE_NUMBER, "a number", "numbers"},
                                               {SLUICE_BOOLEAN, "true or false", "booleans"},
                                               {SLUICE_BYTES, "a size such as 4MiB", "sizes"},
                                               {SLUICE_DURATION, "a duration such as 30s", "durations"},
                                               {SLUICE_OBJECT, "an object", "objects"}}};

// The option that a key stands for in the eyes of its author, right or nearly right.
const Option* meant(const OptionTable& table, std::string_view key) {
  if (const Option* exact = table.find(key)) return exact;
  std::optional<std::string> near = suggest(key, table.keys());
  return near ? table.find(*near) : nullptr;
}

// A reference tells nothing of the secret.
bool may_be_shown(const boost::json::value& secret) { return secret.is_string() && is_reference(secret.get_string()); }

boost::json::value redacted_value(const boost::json::value& given, const OptionTable& table) {
  if (const boost::json::object* object = given.if_object()) return redacted(*object, table);
  const boost::json::array* array = given.if_array();
  if (array == nullptr) return given;
  boost::json::array result;
  for (const boost::json::value& element : *array) result.push_back(redacted_value(element, table));
  return result;
}

}  // namespace

OptionTable::OptionTable(std::vector<Option> options) : options_(std::move(options)) {}

const Option* OptionTable::find(std::string_view key) const {
  for (const Option& option : options_) {
    if (option.name == key) return &option;
    if (std::find(option.aliases.begin(), option.aliases.end(), key) != option.aliases.end()) return &option;
  }
  return nullptr;
}

std::vector<std::string> OptionTable::keys() const {
  std::vector<std::string> keys;
  for (const Option& option : options_) {
    keys.push_back(option.name);
    keys.insert(keys.end(), option.aliases.begin(), option.aliases.end());
  }
  return keys;
}

const Option* OptionTable::column_list() const {
  auto found = std::find_if(options_.begin(), options_.end(),
                            [](const Option& option) { return option.has(SLUICE_COLUMN_LIST); });
  return found == options_.end() ? nullptr : &*found;
}

std::string type_text(std::uint32_t types, std::uint32_t element_types) {
  std::string text;
  for (const TypeWords& words : type_words) {
    if ((types & words.type) != 0) text.append(text.empty() ? "" : " or ").append(words.one);
  }
  if ((types & SLUICE_ARRAY) == 0) return text;
  std::string elements;
  for (const TypeWords& words : type_words) {
    if ((element_types & words.type) != 0) elements.append(elements.empty() ? " of " : " or ").append(words.many);
  }
  return text.append(text.empty() ? "" : " or ").append("an array").append(elements);
}

boost::json::object redacted(const boost::json::object& given, const OptionTable& table) {
  boost::json::object result;
  for (const auto& member : given) {
    const Option* option = meant(table, member.key());
    if (option == nullptr)
      result[member.key()] = member.value();
    else if (option->has(SLUICE_SECRET))
      result[member.key()] = may_be_shown(member.value()) ? member.value() : boost::json::value(hidden);
    else
      result[member.key()] = redacted_value(member.value(), option->children);
  }
  return result;
}

}  // namespace sluice::job
