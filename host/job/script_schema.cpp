// SPDX-License-Identifier: Apache-2.0
#include "job/script_schema.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

#include "job/script_table.hpp"
#include "job/value_schema.hpp"

namespace sluice::job {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

// The categories whose steps are plugins of that kind.
std::vector<std::string> categories_of(const std::string& kind) {
  if (kind == "processor") return {"processor", "flatmap", "map"};
  return {kind};
}

array strings(const std::vector<std::string>& texts) {
  array result;
  for (const std::string& text : texts) result.emplace_back(text);
  return result;
}

std::string definition_of(const StepChoice& choice) { return choice.kind + "." + choice.names.front(); }

object is_of_kind(const std::string& kind) {
  return {{"type", "object"},
          {"properties", object{{"category", choice_schema(categories_of(kind))}}},
          {"required", array{"category"}}};
}

// Steps of a kind name one of its plugins.
object plugin_rule(const std::string& kind, const std::vector<StepChoice>& choices) {
  array names;
  for (const StepChoice& choice : choices) {
    if (choice.kind != kind) continue;
    for (const std::string& name : choice.names) names.emplace_back(name);
  }
  array alternatives{object{{"enum", std::move(names)}}};
  object then;
  if (kind == "processor")
    alternatives.push_back(unset_schema());  // visual editors leave such steps; they take no part
  else
    then["required"] = array{"stepType"};
  then["properties"] = object{{"stepType", object{{"anyOf", std::move(alternatives)}}}};
  return {{"if", is_of_kind(kind)}, {"then", std::move(then)}};
}

// A step's parameters are those of its plugin.
object parameter_rule(const StepChoice& choice) {
  object condition = is_of_kind(choice.kind);
  condition["properties"].get_object()["stepType"] = object{{"enum", strings(choice.names)}};
  condition["required"].get_array().emplace_back("stepType");
  object parameter{{"$ref", "#/$defs/" + definition_of(choice)}};
  const std::vector<Option>& options = choice.parameters->options();
  const bool needed =
      std::any_of(options.begin(), options.end(), [](const Option& option) { return option.has(SLUICE_REQUIRED); });
  object then;
  if (needed)
    then["required"] = array{"parameter"};
  else
    parameter = {{"anyOf", array{parameter, unset_schema()}}};
  then["properties"] = object{{"parameter", std::move(parameter)}};
  return {{"if", std::move(condition)}, {"then", std::move(then)}};
}

object step_schema(const std::vector<StepChoice>& choices) {
  object schema = table_schema(step_table());
  array rules;
  for (const char* kind : {"reader", "writer", "processor"}) rules.push_back(plugin_rule(kind, choices));
  for (const StepChoice& choice : choices) rules.push_back(parameter_rule(choice));
  schema["allOf"] = std::move(rules);
  return schema;
}

object steps_schema() {
  array rules;
  for (const char* side : {"reader", "writer"})
    rules.push_back(object{{"contains", is_of_kind(side)}, {"minContains", 1}, {"maxContains", 1}});
  return {{"description", script_table().find("steps")->description},
          {"type", "array"},
          {"items", object{{"$ref", "#/$defs/step"}}},
          {"allOf", std::move(rules)}};
}

}  // namespace

object script_schema(const std::vector<StepChoice>& choices) {
  object definitions = schema_definitions();
  definitions["step"] = step_schema(choices);
  for (const StepChoice& choice : choices) {
    object parameters = table_schema(*choice.parameters);
    parameters["description"] = choice.description;
    definitions[definition_of(choice)] = std::move(parameters);
  }
  object setting = table_schema(setting_table());
  setting["description"] = script_table().find("setting")->description;
  definitions["setting"] = std::move(setting);

  object schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "Sluice job"}};
  for (auto& member : table_schema(script_table())) schema[member.key()] = std::move(member.value());
  object& properties = schema["properties"].get_object();
  properties["steps"] = steps_schema();
  properties["setting"] = object{{"anyOf", array{object{{"$ref", "#/$defs/setting"}}, unset_schema()}}};
  schema["$defs"] = std::move(definitions);
  return schema;
}

}  // namespace sluice::job
