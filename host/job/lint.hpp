// SPDX-License-Identifier: Apache-2.0
//
// The one mechanism behind every object of the script: checks what the user wrote against an option table and brings
// it into the form that the code behind can trust.
//
//   job::Lint lint{document, problems, {.strict = true}};
//   boost::json::object values = lint.object(step.parameter, table, step.path + ".parameter");
//
// In the result aliases are resolved, strings became numbers and booleans where that loses nothing, sizes are bytes,
// durations milliseconds, scalars stand in arrays where arrays are wanted, defaults are filled in, and what is not
// set (null, "") is absent. Values with a problem are absent too.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "job/document.hpp"
#include "job/option.hpp"
#include "job/problem.hpp"

namespace sluice::job {

class SchedulingValues;

struct LintRules {
  bool strict = false;                     // every unknown key is an error
  bool require = true;                     // report required options that are not set
  SchedulingValues* scheduling = nullptr;  // replaces ${name}; null: texts stay as they are
};

class Lint {
 public:
  Lint(const Document& document, Problems& problems, LintRules rules = {})
      : document_(document), problems_(problems), rules_(rules) {}

  boost::json::object object(const boost::json::object& given, const OptionTable& table, const std::string& path);

 private:
  using Value = boost::json::value;

  // Answers with the option that is meant, NULL when none is near: that one is not missing, too.
  const Option* unknown_key(const OptionTable& table, std::string_view key, const std::string& path);
  // What becomes of an option that the job did not set.
  void fill_in(const Option& missing, const std::string& path, const boost::json::object& given,
               boost::json::object& result);
  // These answer nothing when the value is wrong.
  std::optional<Value> option(const Value& given, const Option& option, const std::string& path);
  std::optional<Value> typed(const Value& given, const Option& option, std::uint32_t types, const std::string& path);
  std::optional<Value> members(const boost::json::object& given, const Option& option, const std::string& path);
  std::optional<Value> array(const boost::json::array& given, const Option& option, const std::string& path);
  std::optional<Value> array_of_one(const Value& given, const Option& option, const std::string& path);
  std::optional<Value> element(const Value& given, const Option& option, const std::string& path);
  Value substituted(const Value& given, const Option& option, const std::string& path);
  void error(const std::string& path, std::string text, std::string advice = {});
  void warning_at_key(const std::string& path, std::string text, std::string advice = {});

  const Document& document_;
  Problems& problems_;
  LintRules rules_;
};

}  // namespace sluice::job
