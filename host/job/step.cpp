// SPDX-License-Identifier: Apache-2.0
#include "job/step.hpp"

#include <boost/json/array.hpp>

#include "job/path.hpp"
#include "job/script_table.hpp"

namespace sluice::job {
namespace {

std::string text(const boost::json::object& values, std::string_view key) {
  const boost::json::value* found = values.if_contains(key);
  return found == nullptr ? std::string() : std::string(found->get_string());
}

}  // namespace

std::string Step::path() const { return join_path("steps", index); }

std::string Step::parameter_path() const { return join_path(path(), "parameter"); }

std::vector<Step> parse_steps(const boost::json::object& script, const Document& document, Problems& problems,
                              LintRules rules) {
  std::vector<Step> steps;
  const boost::json::value* given = script.if_contains("steps");
  const boost::json::array* list = given != nullptr ? given->if_array() : nullptr;
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    std::string path = join_path("steps", i);
    const boost::json::object* object = (*list)[i].if_object();
    if (object == nullptr) {
      report_value(document, problems, Severity::error, path, "a step is an object");
      continue;
    }
    boost::json::object values = Lint(document, problems, rules).object(*object, step_table(), path);
    Step step{text(values, "name"), text(values, "category"), text(values, "stepType"), {}, i};
    if (auto parameter = values.find("parameter"); parameter != values.end()) {
      step.parameter = std::move(parameter->value().get_object());
    }
    if (step.step_type.empty() && !step.category.empty() && !step.is_empty_processor()) {
      report_value(document, problems, Severity::error, join_path(path, "stepType"), "required and not set",
                   "the name of a plugin; `sluice plugins` lists them");
    }
    if (!step.category.empty()) steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace sluice::job
