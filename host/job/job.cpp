// SPDX-License-Identifier: Apache-2.0
#include "job/job.hpp"

#include <boost/json/object.hpp>

#include "job/coerce.hpp"
#include "job/foreign_script.hpp"
#include "job/scheduling.hpp"
#include "job/script_table.hpp"

namespace sluice::job {
namespace {

boost::json::object object_or_empty(const boost::json::object& values, std::string_view key) {
  const boost::json::value* found = values.if_contains(key);
  return found == nullptr ? boost::json::object() : found->get_object();
}

const boost::json::object* object_or_null(const boost::json::object& values, std::string_view key) {
  const boost::json::value* found = values.if_contains(key);
  return found == nullptr ? nullptr : found->if_object();
}

}  // namespace

std::optional<Job> parse(std::string text, std::string file, const ParseRules& rules, Problems& problems) {
  std::optional<Document> document = Document::parse(std::move(text), problems);
  if (!document) return {};
  if (const boost::json::object* root = document->root().if_object()) {
    if (refuse_foreign(*root, *document, problems)) return {};
  } else {
    report_value(*document, problems, Severity::error, {}, "a job script is an object, got " + shown(document->root()),
                 "it starts with {");
    return {};
  }
  for (const std::string& assignment : rules.overrides) document->override_value(assignment, problems);
  const boost::json::object* root = document->root().if_object();
  if (const boost::json::object* block = object_or_null(*root, "parameters"); block != nullptr && rules.scheduling) {
    rules.scheduling->declare_block(*block, *document, problems);
  }
  LintRules lint{.strict = rules.strict, .scheduling = rules.scheduling};
  boost::json::object script = Lint(*document, problems, lint).object(*root, script_table(), {});
  Setting setting = parse_setting(object_or_empty(script, "setting"), *document, problems, lint);
  std::vector<Step> steps = parse_steps(script, *document, problems, lint);
  std::size_t stated = script.contains("steps") ? script.at("steps").get_array().size() : 0;
  if (stated == 0 || steps.size() < stated) return {};  // the problem is that, and no missing reader
  auto way = order_steps(std::move(steps), object_or_null(script, "order"), *document, problems);
  if (!way) return {};
  Job job{std::move(file), std::move(*document), std::move(way->front()), std::move(way->back()), {}, setting};
  job.processors.assign(std::make_move_iterator(way->begin() + 1), std::make_move_iterator(way->end() - 1));
  return job;
}

}  // namespace sluice::job
