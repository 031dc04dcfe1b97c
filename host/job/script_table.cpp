// SPDX-License-Identifier: Apache-2.0
#include "job/script_table.hpp"

namespace sluice::job {
namespace {

Option option(std::string name, std::uint32_t types, std::uint32_t flags, std::string description) {
  Option result;
  result.name = std::move(name);
  result.types = types;
  result.flags = flags;
  result.description = std::move(description);
  return result;
}

Option array_of_objects(std::string name, std::uint32_t flags, std::string description, OptionTable children) {
  Option result = option(std::move(name), SLUICE_ARRAY, flags, std::move(description));
  result.element_types = SLUICE_OBJECT;
  result.children = std::move(children);
  return result;
}

Option word(std::string name, std::string only) {
  Option result = option(std::move(name), SLUICE_STRING, 0, "always " + only);
  result.choices = {only};
  result.default_value = boost::json::value(only);
  return result;
}

// Visual editors write these at every level; they mean nothing here.
void add_ignored(std::vector<Option>& options, std::vector<std::string> names) {
  for (std::string& name : names) {
    options.push_back(option(std::move(name), SLUICE_STRING, SLUICE_IGNORED, "accepted, without meaning here"));
  }
}

OptionTable make_step_table() {
  Option category = option("category", SLUICE_STRING, SLUICE_REQUIRED, "what the step does");
  category.choices = {"reader", "writer", "processor", "flatmap", "map"};
  std::vector<Option> options{option("stepType", SLUICE_STRING, 0, "the name of the plugin"),
                              option("name", SLUICE_STRING, 0, "how order.hops calls the step"), std::move(category),
                              option("parameter", SLUICE_OBJECT, verbatim, "what the plugin is told")};
  add_ignored(options, {"copies", "gui", "displayName", "description", "extend", "transform"});
  return OptionTable(std::move(options));
}

OptionTable make_script_table() {
  OptionTable hop({option("from", SLUICE_STRING, SLUICE_REQUIRED, "the name of a step"),
                   option("to", SLUICE_STRING, SLUICE_REQUIRED, "the name of the next step")});
  Option order = option("order", SLUICE_OBJECT, 0, "the way of the records");
  order.children = OptionTable({array_of_objects("hops", 0, "from one step to the next", std::move(hop))});
  Option steps =
      array_of_objects("steps", SLUICE_REQUIRED | verbatim, "reader, writer and what stands between", step_table());
  Option setting = option("setting", SLUICE_OBJECT, verbatim, "how the job runs");
  setting.children = setting_table();
  std::vector<Option> options{word("type", "job"), word("version", "2.0"), std::move(steps), std::move(setting),
                              std::move(order)};
  options.push_back(option("parameters", SLUICE_OBJECT, verbatim, "scheduling parameters: name and expression"));
  add_ignored(options, {"extend", "transform", "copies", "gui", "displayName", "description", "$schema"});
  return OptionTable(std::move(options));
}

}  // namespace

const OptionTable& step_table() {
  static const OptionTable table = make_step_table();
  return table;
}

const OptionTable& script_table() {
  static const OptionTable table = make_script_table();
  return table;
}

}  // namespace sluice::job
