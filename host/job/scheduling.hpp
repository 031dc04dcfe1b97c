// SPDX-License-Identifier: Apache-2.0
//
// Scheduling parameters: `dt=$[yyyymmdd-1]` is declared beside the job or in its `parameters`, `${dt}` inside a string
// of the script is replaced by its value, after parsing, so that a value can never change the script's structure.
//
//   job::SchedulingValues values(job::scheduled_at(cycle_time));
//   if (auto declared = values.declare("dt=$[yyyymmdd-1]"); !declared) complain(declared.error());
//   job = job::parse(text, file, {.scheduling = &values}, problems);
//   ... lint the steps' parameters with LintRules{.scheduling = &values} ...
//   values.report_leftovers(job->document, problems);
#pragma once

#include <boost/json/object.hpp>
#include <boost/system/result.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "job/document.hpp"
#include "job/problem.hpp"
#include "job/schedule_time.hpp"

namespace sluice::job {

struct SchedulingParameter {
  std::string name;
  std::string expression;
  std::string value;
  std::string path = {};    // "parameters.dt" when the script declares it
  std::string source = {};  // else: "-p", or the file it stands in
  Position position = {};   // in that file
  bool used = false;
};

// The values with which a run began, for a process that goes on with it.
struct FirstValues {
  ScheduleTime time;
  std::vector<SchedulingParameter> parameters;
};

// As run.json keeps them. Nothing when the object is of another kind.
std::optional<FirstValues> first_values_of(const boost::json::object&);

// The names that a script may use, with their values. Not thread-safe: substitution marks what is used.
class SchedulingValues {
 public:
  explicit SchedulingValues(ScheduleTime time) : time_(std::move(time)) {}

  // "name=expression". The error says what is wrong with it. A later declaration of a name replaces the earlier one.
  boost::system::result<void, std::string> declare(std::string_view assignment);
  boost::system::result<void, std::string> declare(std::string_view name, std::string_view expression);
  // Every line of a file, in the form of an assignment; empty lines and those that begin with # say nothing.
  void declare_file(const std::string& file, Problems& problems);
  // What an earlier process found out; its values stay as they are, and nobody is told that one is unused.
  void restore(const FirstValues&);
  // The script's own block; what is declared already stays.
  void declare_block(const boost::json::object& block, const Document& document, Problems& problems);

  // The text with every ${name} replaced; unknown names are problems at their place.
  std::string substitute(std::string_view text, const std::string& path, const Document& document, Problems& problems);

  const ScheduleTime& time() const { return time_; }
  // In the order of declaration; built-in names are not among them.
  const std::vector<SchedulingParameter>& declared() const { return declared_; }
  // Those that the script uses, in the order of their first use.
  const std::vector<SchedulingParameter>& used_built_ins() const { return used_built_ins_; }
  // What first_values_of() reads.
  boost::json::object to_json() const;
  // Warnings about what was declared and never used, and about the midnight trap. Call it after all substitution.
  void report_leftovers(const Document& document, Problems& problems) const;

 private:
  SchedulingParameter* find(std::string_view name);
  const std::string& built_in_value(std::string_view name);
  void report_unknown(std::string_view name, const std::string& path, std::size_t offset, const Document& document,
                      Problems& problems) const;
  void report_midnight_trap(const Document& document, Problems& problems) const;
  void warn(const SchedulingParameter& about, std::string text, std::string advice, const Document& document,
            Problems& problems) const;

  ScheduleTime time_;
  std::vector<SchedulingParameter> declared_;
  std::vector<std::string> wrong_;  // names whose declarations have problems
  std::vector<SchedulingParameter> used_built_ins_;
};

}  // namespace sluice::job
