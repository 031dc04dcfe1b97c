// SPDX-License-Identifier: Apache-2.0
#include "job/value_schema.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "job/data_source.hpp"
#include "job/editor_key.hpp"
#include "job/number_pattern.hpp"
#include "job/written_value.hpp"

namespace sluice::job {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

constexpr double milliseconds = 1000;

// What Lint takes for a value in quotes.
constexpr const char* integer_text = R"(^[ \t\r\n]*-?[0-9]+(\.0*)?([eE]\+?[0-9]+)?[ \t\r\n]*$)";
constexpr const char* number_text = R"(^[ \t\r\n]*-?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[ \t\r\n]*$)";
constexpr const char* boolean_text = R"(^[ \t\r\n]*([tT][rR][uU][eE]|[fF][aA][lL][sS][eE])[ \t\r\n]*$)";
constexpr const char* bytes_text = R"(^ *[0-9]+(\.[0-9]+)? *([kKmMgGtT]([iI]?[bB])?|[bB])? *$)";
constexpr const char* duration_text =
    R"(^ *[0-9]+(\.[0-9]+)? *([mM][sS]|[sS]([eE][cC])?|[mM]([iI][nN])?|[hH]|[dD])? *$)";

constexpr std::array<UnitPattern, 5> sizes{{{"[bB]?", 1},
                                             {"[kK](?:[iI]?[bB])?", 1024},
                                             {"[mM](?:[iI]?[bB])?", 1048576},
                                             {"[gG](?:[iI]?[bB])?", 1073741824},
                                             {"[tT](?:[iI]?[bB])?", 1099511627776}}};
constexpr std::array<UnitPattern, 5> durations{{{"(?:[sS](?:[eE][cC])?)?", milliseconds},
                                                 {"[mM][sS]", 1},
                                                 {"[mM](?:[iI][nN])?", 60 * milliseconds},
                                                 {"[hH]", 3600 * milliseconds},
                                                 {"[dD]", 86400 * milliseconds}}};

object reference(std::string_view definition) { return {{"$ref", "#/$defs/" + std::string(definition)}}; }

object pattern(std::string text) { return {{"type", "string"}, {"pattern", std::move(text)}}; }

// Letters in either case, everything else as it is.
std::string without_case(std::string_view word) {
  std::string text = "^";
  for (char letter : word) {
    if (std::isalpha(static_cast<unsigned char>(letter)) != 0) {
      text.append("[").append(1, static_cast<char>(std::tolower(letter)));
      text.append(1, static_cast<char>(std::toupper(letter))).append("]");
    } else {
      if (std::isalnum(static_cast<unsigned char>(letter)) == 0 && letter != ' ') text += '\\';
      text += letter;
    }
  }
  return text + "$";
}

array names_of(const Option& option) {
  array names{value(option.name)};
  for (const std::string& alias : option.aliases) names.emplace_back(alias);
  return names;
}

constexpr std::uint32_t scalars =
    SLUICE_STRING | SLUICE_INTEGER | SLUICE_NUMBER | SLUICE_BOOLEAN | SLUICE_BYTES | SLUICE_DURATION;

// "required": [name], and the value is no way of saying nothing.
object says_something(const value& name) {
  return {{"required", array{name}}, {"properties", object{{name.get_string(), reference("set")}}}};
}

// The alternatives for the value of one option.
class Alternatives {
 public:
  explicit Alternatives(const Option& option) : option_(option) {}

  array of(std::uint32_t types) {
    words(types);
    numbers(types);
    if ((types & SLUICE_BOOLEAN) != 0) add(reference("boolean"));
    if ((types & SLUICE_OBJECT) != 0) add(members());
    bool any_text = (types & SLUICE_STRING) != 0 && option_.choices.empty();
    if ((types & scalars) != 0 && !any_text && !option_.has(SLUICE_SECRET)) add(reference("placeholder"));
    return std::move(list_);
  }

 private:
  void add(object alternative) { list_.push_back(std::move(alternative)); }

  void words(std::uint32_t types) {
    if ((types & SLUICE_STRING) == 0) return;
    if (!option_.choices.empty()) {
      object choices = choice_schema(option_.choices);
      for (value& one : choices.at("anyOf").get_array()) list_.push_back(std::move(one));
    } else {
      bool empty = option_.has(SLUICE_KEEP_EMPTY) || !option_.has(SLUICE_REQUIRED);
      object text{{"type", "string"}};
      if (!empty) text["minLength"] = 1;
      add(std::move(text));
      add({{"type", array{"number", "boolean"}}});
    }
  }

  void numbers(std::uint32_t types) {
    if ((types & SLUICE_INTEGER) != 0) number("integer", "integer", 1);
    if ((types & SLUICE_NUMBER) != 0) number("number", "number", 1);
    if ((types & SLUICE_BYTES) != 0) number("integer", "bytes", 1);
    if ((types & SLUICE_DURATION) != 0) number("number", "duration", milliseconds);
  }

  // `unit`: what the bounds are counted in, beside the number in the script.
  void number(std::string_view type, std::string_view quoted, double unit) {
    object schema{{"type", type}};
    bool quantity = quoted == "bytes" || quoted == "duration";
    double minimum = quantity ? std::max(option_.minimum, 0.0) : option_.minimum;
    if (option_.has(SLUICE_HAS_MINIMUM) || quantity) schema["minimum"] = shortest(minimum / unit);
    if (option_.has(SLUICE_HAS_MAXIMUM)) schema["maximum"] = shortest(option_.maximum / unit);
    add(std::move(schema));
    add(quoted_number(quoted));
  }

  object quoted_number(std::string_view definition) const {
    Bounds bounds;
    if (option_.has(SLUICE_HAS_MINIMUM)) bounds.low = option_.minimum;
    if (option_.has(SLUICE_HAS_MAXIMUM)) bounds.high = option_.maximum;
    const auto patterns = definition == "bytes"      ? quantity_bounds(bounds, sizes)
                          : definition == "duration" ? quantity_bounds(bounds, durations)
                                                     : number_bounds(bounds);
    if (patterns.empty()) return reference(definition);
    array all{reference(definition)};
    for (const std::string& one : patterns) all.push_back(object{{"pattern", one}});
    return {{"allOf", std::move(all)}};
  }

  static value shortest(double number) {
    if (number == static_cast<double>(static_cast<std::int64_t>(number))) return static_cast<std::int64_t>(number);
    return number;
  }

  object members() const {
    if (option_.has(verbatim) || option_.children.empty()) return {{"type", "object"}};
    return table_schema(option_.children, option_.has(SLUICE_OPEN_OBJECT));
  }

  const Option& option_;
  array list_;
};

object any_of(array alternatives) {
  if (alternatives.size() == 1) return std::move(alternatives.front().get_object());
  return {{"anyOf", std::move(alternatives)}};
}

// What the elements of an array may be; a scalar stands for an array of it.
array with_elements(const Option& option) {
  std::uint32_t types = (option.element_types != 0 ? option.element_types : option.types) & ~SLUICE_ARRAY;
  object list{{"type", "array"}};
  if (option.has(SLUICE_REQUIRED)) list["minItems"] = 1;
  if (types == 0) return {std::move(list), object{{"not", object{{"type", "array"}}}}};
  array single = Alternatives(option).of(types);
  list["items"] = any_of(single);
  single.push_back(std::move(list));
  return single;
}

array alternatives_of(const Option& option) {
  array alternatives =
      (option.types & SLUICE_ARRAY) != 0 ? with_elements(option) : Alternatives(option).of(option.types);
  if ((option.types & SLUICE_ARRAY) != 0 && (option.types & SLUICE_OBJECT) != 0 &&
      (option.element_types & SLUICE_OBJECT) == 0 && option.element_types != 0)
    for (value& object : Alternatives(option).of(SLUICE_OBJECT)) alternatives.push_back(std::move(object));
  // An aliased one may be said under its other name.
  if (!option.has(SLUICE_REQUIRED) || !option.aliases.empty()) alternatives.push_back(unset_schema());
  return alternatives;
}

object unimplemented(const Option& option) {
  array allowed{nullptr, ""};
  if (option.default_value) allowed.push_back(*option.default_value);
  return {{"enum", std::move(allowed)}};
}

object option_schema(const Option& option) {
  object schema;
  std::string text = option.description;
  if (option.has(SLUICE_UNIMPLEMENTED)) text += " (not implemented)";
  if (!option.advice.empty()) text += ". " + option.advice;
  schema["description"] = text;
  if (option.has(SLUICE_DEPRECATED | SLUICE_IGNORED)) schema["deprecated"] = true;
  if (option.default_value) schema["default"] = written_value(*option.default_value, option);
  if (option.example) schema["examples"] = array{*option.example};
  if (option.has(SLUICE_IGNORED)) return schema;
  object type = option.has(SLUICE_UNIMPLEMENTED) ? unimplemented(option) : any_of(alternatives_of(option));
  for (auto& member : type) schema[member.key()] = std::move(member.value());
  return schema;
}

// A required option is there, an option of several names is there once.
void add_rules(const Option& option, array& required, array& rules) {
  array names = names_of(option);
  const bool needed = option.has(SLUICE_REQUIRED);
  array one;
  if (needed && option.has(SLUICE_CONNECTION)) {
    // A data source may have it.
    for (const value& name : names) one.push_back(says_something(name));
    one.push_back(says_something("datasource"));
    rules.push_back(object{{"anyOf", std::move(one)}});
    return;
  }
  if (needed && names.size() == 1) required.push_back(names.front());
  if (names.size() == 1) return;
  for (const value& name : names) one.push_back(says_something(name));
  if (option.has(SLUICE_REQUIRED)) {
    rules.push_back(object{{"oneOf", std::move(one)}});
  } else {
    one.push_back(object{{"not", object{{"anyOf", one}}}});
    rules.push_back(object{{"oneOf", std::move(one)}});
  }
}

object fields_schema(const OptionTable& table, bool open) {
  object properties;
  array required, rules;
  for (const Option& option : table.options()) {
    for (const value& name : names_of(option)) properties[name.get_string()] = option_schema(option);
    add_rules(option, required, rules);
  }
  object schema{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  if (!rules.empty()) schema["allOf"] = std::move(rules);
  if (open) return schema;
  schema["patternProperties"] = object{{"^x-", true}};
  for (std::string_view key : editor_keys) schema["properties"].get_object().emplace(key, true);
  schema["additionalProperties"] = false;
  return schema;
}

// The name of a data source, or its fields.
object data_source_schema(const OptionTable& fields) {
  return {{"description", "A data source by its name, or the fields of a connection"},
          {"anyOf", array{object{{"type", "string"}}, fields_schema(fields, false), unset_schema()}}};
}

}  // namespace

object table_schema(const OptionTable& table, bool open) {
  object schema = fields_schema(table, open);
  const OptionTable fields = connection_table(table);
  if (!fields.empty()) schema["properties"].get_object()["datasource"] = data_source_schema(fields);
  return schema;
}

object choice_schema(const std::vector<std::string>& choices) {
  array words, alternatives;
  for (const std::string& choice : choices) words.emplace_back(choice);
  alternatives.push_back(object{{"enum", std::move(words)}});
  for (const std::string& choice : choices) {
    const std::string lenient = without_case(choice);
    auto same = [&](const std::string& other) { return without_case(other) == lenient; };
    if (std::count_if(choices.begin(), choices.end(), same) == 1) alternatives.push_back(pattern(lenient));
    boost::system::error_code no_number;
    value number = boost::json::parse(choice, no_number);
    if (!no_number && (number.is_number() || number.is_bool())) alternatives.push_back(object{{"const", number}});
  }
  return {{"anyOf", std::move(alternatives)}};
}

object unset_schema() { return reference("unset"); }

object schema_definitions() {
  object boolean{{"anyOf", array{object{{"type", "boolean"}}, pattern(boolean_text)}}};
  return {
      {"unset", object{{"description", "not set"}, {"enum", array{nullptr, ""}}}},
      {"set", object{{"not", object{{"enum", array{nullptr, "", array()}}}}}},
      {"placeholder", object{{"description", "a scheduling parameter"}, {"type", "string"}, {"pattern", R"(\$\{)"}}},
      {"integer", pattern(integer_text)},
      {"number", pattern(number_text)},
      {"boolean", std::move(boolean)},
      {"bytes", pattern(bytes_text)},
      {"duration", pattern(duration_text)}};
}

}  // namespace sluice::job
