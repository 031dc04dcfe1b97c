// SPDX-License-Identifier: Apache-2.0
#include "job/lint.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <set>

#include "job/coerce.hpp"
#include "job/editor_key.hpp"
#include "job/path.hpp"
#include "job/quantity.hpp"
#include "job/scheduling.hpp"
#include "job/suggest.hpp"

namespace sluice::job {
namespace {

using boost::json::value;

bool is_set(const value& given, const Option& option) {
  if (given.is_null()) return false;
  if (given.is_string()) return !given.get_string().empty() || option.has(SLUICE_KEEP_EMPTY);
  return !(given.is_array() && given.get_array().empty() && option.has(SLUICE_REQUIRED));
}

std::string bounds_text(const Option& option) {
  std::string low = quantity_text(option.minimum, option.types), high = quantity_text(option.maximum, option.types);
  if (!option.has(SLUICE_HAS_MAXIMUM)) return "must be " + low + " or more";
  if (!option.has(SLUICE_HAS_MINIMUM)) return "must be " + high + " or less";
  return "must be between " + low + " and " + high;
}

bool within_bounds(const value& given, const Option& option) {
  if (!given.is_number()) return true;
  double number = given.to_number<double>();
  if (option.has(SLUICE_HAS_MINIMUM) && number < option.minimum) return false;
  return !option.has(SLUICE_HAS_MAXIMUM) || number <= option.maximum;
}

std::string choices_text(const Option& option) {
  std::string text = option.choices.size() == 1 ? "must be " : "must be one of ";
  for (std::size_t i = 0; i < option.choices.size(); ++i) {
    text.append(i == 0 ? "\"" : ", \"").append(option.choices[i]).append("\"");
  }
  return text;
}

// The choice that is meant: exactly, or without case where that names only one.
const std::string* chosen(const std::string& given, const Option& option) {
  const std::string* found = nullptr;
  for (const std::string& choice : option.choices) {
    if (choice == given) return &choice;
    if (!equal_without_case(choice, given)) continue;
    if (found != nullptr) return nullptr;
    found = &choice;
  }
  return found;
}

// The key is one of an object of the table, where it means something: "speed.concurrent".
std::string did_you_mean_inside(const OptionTable& table, std::string_view key) {
  for (const Option& option : table.options()) {
    if ((option.types & SLUICE_OBJECT) == 0 || option.open()) continue;
    const auto meant = suggest(key, option.children.keys());
    if (meant && !option.children.find(*meant)->has(SLUICE_IGNORED | SLUICE_UNIMPLEMENTED))
      return "did you mean \"" + join_path(option.name, *meant) + "\"?";
  }
  return "";
}

}  // namespace

boost::json::object Lint::object(const boost::json::object& given, const OptionTable& table, const std::string& path) {
  boost::json::object result;
  std::set<const Option*> seen, misspelt;
  for (const auto& member : given) {
    std::string member_path = join_path(path, member.key());
    const Option* known = table.find(member.key());
    if (known == nullptr) {
      misspelt.insert(unknown_key(table, member.key(), member_path));
      continue;
    }
    value text = substituted(member.value(), *known, member_path);
    if (!is_set(text, *known)) continue;
    if (!seen.insert(known).second) {
      report_key(document_, problems_, Severity::error, member_path,
                 "set twice, \"" + known->name + "\" has several names", "remove one of the two");
      continue;
    }
    if (auto checked = option(text, *known, member_path)) result[known->name] = std::move(*checked);
  }
  for (const Option& missing : table.options()) {
    if (!seen.contains(&missing) && !misspelt.contains(&missing)) fill_in(missing, path, given, result);
  }
  return result;
}

void Lint::fill_in(const Option& missing, const std::string& path, const boost::json::object& given,
                   boost::json::object& result) {
  if (missing.has(SLUICE_REQUIRED)) {
    if (!rules_.require) return;
    std::string spelling = missing.name;
    for (const std::string& alias : missing.aliases) {
      if (given.contains(alias)) spelling = alias;
    }
    std::string advice = missing.example ? "such as " + boost::json::serialize(*missing.example) : std::string();
    return error(join_path(path, spelling), "required and not set", std::move(advice));
  }
  if (missing.default_value) {
    result[missing.name] = *missing.default_value;
  } else if ((missing.types & SLUICE_OBJECT) != 0 && !missing.open()) {
    // The defaults inside are defaults too, unless something inside must be said.
    Problems unsaid;
    boost::json::object inside = Lint(document_, unsaid).object({}, missing.children, join_path(path, missing.name));
    if (!unsaid.has_errors() && !inside.empty()) result[missing.name] = std::move(inside);
  }
}

const Option* Lint::unknown_key(const OptionTable& table, std::string_view key, const std::string& path) {
  if (is_editor_key(key)) return nullptr;
  std::vector<std::string> keys = table.keys();
  std::optional<std::string> meant = suggest(key, keys);
  std::string advice = meant ? did_you_mean(key, keys) : did_you_mean_inside(table, key);
  // What somebody just typed on the command line is no left-over of an editor.
  bool wrong = rules_.strict || !advice.empty() || document_.overridden(path);
  report_key(document_, problems_, wrong ? Severity::error : Severity::warning, path,
             wrong ? "unknown key" : "unknown key, ignored", std::move(advice));
  return meant ? table.find(*meant) : nullptr;
}

std::optional<value> Lint::option(const value& given, const Option& option, const std::string& path) {
  if (option.has(SLUICE_IGNORED)) return {};
  if (option.has(SLUICE_DEPRECATED)) warning_at_key(path, "deprecated", option.advice);
  std::optional<value> result = typed(given, option, option.types, path);
  if (option.has(SLUICE_UNIMPLEMENTED) && !(result && option.default_value && *result == *option.default_value)) {
    report_key(document_, problems_, Severity::error, path, "known, but not implemented here", option.advice);
    return {};
  }
  return result;
}

std::optional<value> Lint::typed(const value& given, const Option& option, std::uint32_t types,
                                 const std::string& path) {
  if (given.is_object() && (types & SLUICE_OBJECT) != 0) return members(given.get_object(), option, path);
  if (given.is_array() && (types & SLUICE_ARRAY) != 0) return array(given.get_array(), option, path);
  if ((types & SLUICE_ARRAY) != 0) return array_of_one(given, option, path);
  std::optional<value> result = coerce(given, document_.written(path), types);
  bool secret = option.has(SLUICE_SECRET);
  if (!result) {
    error(path, "expected " + type_text(types, option.element_types) + (secret ? "" : ", got " + shown(given)));
    return {};
  }
  if (!within_bounds(*result, option)) {
    error(path, bounds_text(option) + ", got " + shown(given));
    return {};
  }
  if (!result->is_string() || option.choices.empty()) return result;
  std::string word(result->get_string());
  if (const std::string* choice = chosen(word, option)) return value(*choice);
  error(path, choices_text(option) + (secret ? "" : ", got " + shown(given)), did_you_mean(word, option.choices));
  return {};
}

std::optional<value> Lint::members(const boost::json::object& given, const Option& option, const std::string& path) {
  if (option.has(verbatim) || option.children.empty()) return given;
  if (!option.has(SLUICE_OPEN_OBJECT)) return object(given, option.children, path);
  boost::json::object known, result = given;
  for (const auto& member : given) {
    if (option.children.find(member.key()) != nullptr) known[member.key()] = member.value();
  }
  for (const auto& member : known) result.erase(member.key());
  for (const auto& member : object(known, option.children, path)) result[member.key()] = member.value();
  return result;
}

std::optional<value> Lint::array(const boost::json::array& given, const Option& option, const std::string& path) {
  if (option.has(verbatim)) return given;
  boost::json::array result;
  for (std::size_t i = 0; i < given.size(); ++i) {
    // An empty statement is no statement.
    bool empty = given[i].is_string() && given[i].get_string().empty();
    if (empty && option.has(SLUICE_SQL_TEXT)) continue;
    // A wrong element leaves its place, so that the others keep theirs.
    result.push_back(element(given[i], option, join_path(path, i)).value_or(nullptr));
  }
  return result;
}

std::optional<value> Lint::array_of_one(const value& given, const Option& option, const std::string& path) {
  std::optional<value> single = element(given, option, path);
  if (!single) return {};
  return boost::json::array{std::move(*single)};
}

std::optional<value> Lint::element(const value& given, const Option& option, const std::string& path) {
  std::uint32_t types = option.element_types != 0 ? option.element_types : option.types & ~SLUICE_ARRAY;
  if (types == 0) return given;
  return typed(given, option, types & ~SLUICE_ARRAY, path);
}

value Lint::substituted(const value& given, const Option& option, const std::string& path) {
  if (rules_.scheduling == nullptr || option.has(SLUICE_SECRET | SLUICE_IGNORED | verbatim)) return given;
  if (given.is_string()) return value(rules_.scheduling->substitute(given.get_string(), path, document_, problems_));
  if (const boost::json::array* array = given.if_array()) {
    boost::json::array result;
    for (std::size_t i = 0; i < array->size(); ++i) {
      result.push_back(substituted((*array)[i], option, join_path(path, i)));
    }
    return result;
  }
  const boost::json::object* object = given.if_object();
  if (object == nullptr) return given;
  boost::json::object result;
  for (const auto& member : *object) {
    // Keys with an option of their own have their turn when that is checked: they may be secret.
    const Option* child = option.children.find(member.key());
    bool later = child != nullptr || !option.open();
    result[member.key()] = later ? member.value() : substituted(member.value(), option, join_path(path, member.key()));
  }
  return result;
}

void Lint::error(const std::string& path, std::string text, std::string advice) {
  report_value(document_, problems_, Severity::error, path, std::move(text), std::move(advice));
}

void Lint::warning_at_key(const std::string& path, std::string text, std::string advice) {
  report_key(document_, problems_, Severity::warning, path, std::move(text), std::move(advice));
}

}  // namespace sluice::job
