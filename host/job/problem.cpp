// SPDX-License-Identifier: Apache-2.0
#include "job/problem.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value_from.hpp>
#include <tuple>

namespace sluice::job {
namespace {

std::string_view severity_name(Severity severity) { return severity == Severity::error ? "error" : "warning"; }

auto order_key(const Problem& problem) {
  bool placed = problem.position.line > 0;
  return std::tuple(!placed, problem.position, problem.severity);
}

bool same(const Problem& a, const Problem& b) {
  return std::tie(a.severity, a.path, a.position, a.text, a.source) ==
         std::tie(b.severity, b.path, b.position, b.text, b.source);
}

}  // namespace

std::string render(const Problem& problem, std::string_view file) {
  std::string line = problem.source.empty() ? std::string(file) : problem.source;
  if (problem.position.line > 0) {
    line += ':' + std::to_string(problem.position.line) + ':' + std::to_string(problem.position.column);
  }
  line.append(": ").append(severity_name(problem.severity)).append(": ");
  if (!problem.path.empty()) line.append(problem.path).append(": ");
  line += problem.text;
  if (!problem.advice.empty()) line.append(" (").append(problem.advice).append(")");
  for (const std::string& detail : problem.details) line.append("\n    ").append(detail);
  return line;
}

bool Problems::wants(Severity severity) const {
  // An error is worth more than a warning.
  return list_.size() < limit || (severity == Severity::error && listed_warnings_ > 0);
}

void Problems::add(Problem problem) {
  if (std::any_of(list_.begin(), list_.end(), [&](const Problem& other) { return same(problem, other); })) return;
  ++(problem.severity == Severity::error ? errors_ : warnings_);
  if (!wants(problem.severity)) return;
  if (problem.severity == Severity::warning) ++listed_warnings_;
  if (list_.size() < limit) return list_.push_back(std::move(problem));
  auto warning = std::find_if(list_.begin(), list_.end(),
                              [](const Problem& other) { return other.severity == Severity::warning; });
  *warning = std::move(problem);
  --listed_warnings_;
}

std::vector<Problem> Problems::sorted() const {
  std::vector<Problem> result = list_;
  std::stable_sort(result.begin(), result.end(),
                   [](const Problem& a, const Problem& b) { return order_key(a) < order_key(b); });
  return result;
}

std::string Problems::render(std::string_view file) const {
  std::string text;
  for (const Problem& problem : sorted()) text.append(job::render(problem, file)).append("\n");
  std::size_t left_out = errors_ + warnings_ - list_.size();
  if (left_out > 0) text.append("and ").append(std::to_string(left_out)).append(" more\n");
  return text;
}

boost::json::array Problems::to_json(std::string_view file) const {
  boost::json::array result;
  for (const Problem& problem : sorted()) {
    result.push_back(boost::json::object{{"severity", severity_name(problem.severity)},
                                         {"file", problem.source.empty() ? file : std::string_view(problem.source)},
                                         {"path", problem.path},
                                         {"line", problem.position.line},
                                         {"column", problem.position.column},
                                         {"text", problem.text},
                                         {"advice", problem.advice},
                                         {"details", boost::json::value_from(problem.details)}});
  }
  return result;
}

}  // namespace sluice::job
