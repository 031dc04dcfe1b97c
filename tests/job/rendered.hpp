// SPDX-License-Identifier: Apache-2.0
//
// What a person sees: the problems of a script as text, one line each.
#pragma once

#include <string>

#include "job/job.hpp"
#include "job/option.hpp"

namespace sluice::job {

// Problems of a whole script called "j".
inline std::string problems_of(std::string text, const ParseRules& rules = {}) {
  Problems problems;
  parse(std::move(text), "j", rules, problems);
  return problems.render("j");
}

// Problems of a text that is an object of this table.
inline std::string lint_of(std::string text, const OptionTable& table, LintRules rules = {},
                           boost::json::object* result = nullptr) {
  Problems problems;
  if (auto document = Document::parse(std::move(text), problems)) {
    auto values = Lint(*document, problems, rules).object(document->root().as_object(), table, "");
    if (result != nullptr) *result = std::move(values);
  }
  return problems.render("j");
}

// A script that is right, with a hole for `setting` and what else stands at the top.
inline std::string script_with(const std::string& more) {
  return R"({"steps": [{"stepType": "a", "name": "Reader", "category": "reader"},)"
         "\n"
         R"({"stepType": "b", "name": "Writer", "category": "writer"}],)"
         "\n" +
         more + "}";
}

inline const std::string quiet = R"("setting": {"errorLimit": {"record": 0}})";

}  // namespace sluice::job
