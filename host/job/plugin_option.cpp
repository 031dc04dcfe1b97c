// SPDX-License-Identifier: Apache-2.0
//
// OptionTable::from_plugin: a plugin's static table becomes the host's, or is refused. A plugin may be of any age, so
// fields beyond its struct_size are never looked at, and flags that this host does not know are dropped.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <cmath>
#include <cstddef>

#include "job/lint.hpp"
#include "job/option.hpp"

namespace sluice::job {
namespace {

using boost::json::value;

struct Refusal {
  std::string why;
};

template <class T>
using OrRefusal = boost::system::result<T, Refusal>;

constexpr std::size_t most_options = 1000;
constexpr int most_levels = 8;
constexpr std::uint32_t known_types = SLUICE_STRING | SLUICE_INTEGER | SLUICE_NUMBER | SLUICE_BOOLEAN | SLUICE_BYTES |
                                      SLUICE_DURATION | SLUICE_OBJECT | SLUICE_ARRAY;
constexpr std::uint32_t known_flags = (SLUICE_KEYWORDS << 1) - 1;

// The oldest table that there is ends with the description.
constexpr std::size_t least_size = offsetof(SluiceOption, example);

#define SLUICE_FIELD(option, field)                                                                   \
  ((option)->struct_size >= offsetof(SluiceOption, field) + sizeof((option)->field) ? (option)->field \
                                                                                    : decltype((option)->field){})

std::string text_or_empty(const char* text) { return text == nullptr ? std::string() : std::string(text); }

OrRefusal<std::vector<std::string>> text_list(const char* const* list, const char* what) {
  std::vector<std::string> result;
  for (; list != nullptr && *list != nullptr; ++list) {
    if (**list == '\0') return Refusal{std::string("an empty word among its ") + what};
    if (result.size() == most_options) return Refusal{std::string("no end to its ") + what};
    result.emplace_back(*list);
  }
  return result;
}

// A default or an example is what a job could have said, so it goes the same way.
OrRefusal<std::optional<value>> judged(const char* json, Option option, const char* what) {
  if (json == nullptr || *json == '\0') return std::optional<value>();
  boost::system::error_code failed;
  value parsed = boost::json::parse(json, failed);
  if (failed) return Refusal{std::string("its ") + what + " is not JSON: " + json};
  option.flags &= ~(SLUICE_REQUIRED | SLUICE_DEPRECATED | SLUICE_UNIMPLEMENTED | SLUICE_IGNORED);
  std::string name = option.name;
  Document none;
  Problems problems;
  boost::json::object given{{name, parsed}};
  boost::json::object result = Lint(none, problems).object(given, OptionTable({std::move(option)}), "");
  if (!problems.empty()) return Refusal{std::string("its ") + what + " is wrong: " + problems.sorted().front().text};
  auto found = result.find(name);
  if (found == result.end()) return std::optional<value>();
  return std::optional<value>(found->value());
}

// Nothing when all is well.
std::optional<std::string> contradiction(const Option& option) {
  if (option.types == 0) return "it has no type";
  bool array = (option.types & SLUICE_ARRAY) != 0;
  if (option.element_types != 0 && !array) return "it has element types and is no array";
  if ((option.element_types & SLUICE_ARRAY) != 0) return "its elements are arrays";
  bool object = ((option.types | option.element_types) & SLUICE_OBJECT) != 0;
  if (!object && (!option.children.empty() || option.has(SLUICE_OPEN_OBJECT))) {
    return "it has children and is no object";
  }
  if (std::isnan(option.minimum) || std::isnan(option.maximum)) return "its bounds are no numbers";
  if (option.has(SLUICE_HAS_MINIMUM) && option.has(SLUICE_HAS_MAXIMUM) && option.minimum > option.maximum) {
    return "its minimum is above its maximum";
  }
  if (option.has(SLUICE_COLUMN_LIST) && !array) return "it is the column list and no array";
  if (option.has(SLUICE_REQUIRED) && option.default_value) return "it is required and has a default";
  if (option.description.empty()) return "it has no description";
  return {};
}

OrRefusal<OptionTable> converted(const SluiceOption* const* options, int level);

OrRefusal<Option> converted(const SluiceOption* from, int level) {
  Option option;
  option.name = text_or_empty(from->name);
  option.types = from->types & known_types;
  option.element_types = from->element_types & known_types;
  option.flags = from->flags & known_flags;
  option.minimum = from->minimum;
  option.maximum = from->maximum;
  option.description = text_or_empty(from->description);
  option.advice = text_or_empty(SLUICE_FIELD(from, advice));
  auto aliases = text_list(from->aliases, "aliases");
  if (!aliases) return aliases.error();
  auto choices = text_list(from->choices, "choices");
  if (!choices) return choices.error();
  auto children = converted(SLUICE_FIELD(from, children), level + 1);
  if (!children) return Refusal{"its child " + children.error().why};
  option.aliases = std::move(*aliases);
  option.choices = std::move(*choices);
  option.children = std::move(*children);
  auto default_value = judged(from->default_json, option, "default");
  if (!default_value) return default_value.error();
  auto example = judged(SLUICE_FIELD(from, example), option, "example");
  if (!example) return example.error();
  option.default_value = std::move(*default_value);
  if (*example) option.example = boost::json::parse(SLUICE_FIELD(from, example));  // as somebody would write it
  if (auto wrong = contradiction(option)) return Refusal{*wrong};
  return option;
}

std::optional<std::string> repetition(const std::vector<Option>& options) {
  const Option* column_list = nullptr;
  std::vector<std::string> keys = OptionTable(options).keys();
  std::sort(keys.begin(), keys.end());
  auto twice = std::adjacent_find(keys.begin(), keys.end());
  if (twice != keys.end()) return "\"" + *twice + "\": the name is there twice";
  for (const Option& option : options) {
    if (!option.has(SLUICE_COLUMN_LIST)) continue;
    if (column_list != nullptr) return "\"" + option.name + "\": a second column list";
    column_list = &option;
  }
  return {};
}

OrRefusal<OptionTable> converted(const SluiceOption* const* options, int level) {
  std::vector<Option> result;
  for (std::size_t i = 0; options != nullptr && options[i] != nullptr; ++i) {
    const SluiceOption* from = options[i];
    std::string number = "#" + std::to_string(i + 1);
    if (i == most_options) return Refusal{number + ": the list has no end"};
    if (level > most_levels) return Refusal{number + ": nested too deeply"};
    if (from->struct_size < least_size) return Refusal{number + ": struct_size is not set"};
    if (from->name == nullptr || *from->name == '\0') return Refusal{number + ": it has no name"};
    auto option = converted(from, level);
    if (!option) return Refusal{"\"" + std::string(from->name) + "\": " + option.error().why};
    result.push_back(std::move(*option));
  }
  if (auto wrong = repetition(result)) return Refusal{*wrong};
  return OptionTable(std::move(result));
}

#undef SLUICE_FIELD

}  // namespace

boost::system::result<OptionTable, std::string> OptionTable::from_plugin(const SluiceOption* const* options) {
  auto table = converted(options, 0);
  if (!table) return {boost::system::in_place_error, "option " + table.error().why};
  return {boost::system::in_place_value, std::move(*table)};
}

}  // namespace sluice::job
