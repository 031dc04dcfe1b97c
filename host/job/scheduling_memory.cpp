// SPDX-License-Identifier: Apache-2.0
//
// Scheduling values outside of the process: the file that declares some, and what a run's state keeps of them.
#include <boost/json/array.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "job/scheduling.hpp"

namespace sluice::job {
namespace {

namespace json = boost::json;

std::string_view without_blanks(std::string_view line) {
  constexpr std::string_view blank = " \t\r";
  const std::size_t begin = line.find_first_not_of(blank);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(blank) + 1 - begin);
}

json::array parameters_json(const std::vector<SchedulingParameter>& parameters) {
  json::array array;
  for (const SchedulingParameter& parameter : parameters)
    array.push_back(
        json::object{{"name", parameter.name}, {"expression", parameter.expression}, {"value", parameter.value}});
  return array;
}

std::string text_of(const json::object& object, std::string_view key) {
  return std::string(object.at(key).as_string());
}

}  // namespace

void SchedulingValues::declare_file(const std::string& file, Problems& problems) {
  std::ifstream input(file);
  if (!input) {
    problems.add({.text = "cannot read the file of parameters, " + std::string(std::strerror(errno)),
                  .advice = "it is asked for by --params-file",
                  .source = file});
    return;
  }
  std::string line;
  for (std::uint32_t number = 1; std::getline(input, line); ++number) {
    const std::string_view assignment = without_blanks(line);
    if (assignment.empty() || assignment.front() == '#') continue;
    const auto column = static_cast<std::uint32_t>(assignment.data() - line.data() + 1);
    const Position position{number, column};
    if (auto declared = declare(assignment); !declared) {
      problems.add({Severity::error, {}, position, declared.error(), {}, file});
      continue;
    }
    SchedulingParameter& parameter = *find(assignment.substr(0, assignment.find('=')));
    parameter.source = file;
    parameter.position = position;
  }
}

void SchedulingValues::restore(const FirstValues& first) { declared_ = first.parameters; }

json::object SchedulingValues::to_json() const {
  return {{"cyctime", *evaluate("$[yyyymmddhh24miss]", time_)},
          {"bizdate", *evaluate("${yyyymmdd}", time_)},
          {"parameters", parameters_json(declared_)}};
}

std::optional<FirstValues> first_values_of(const json::object& object) try {
  auto cycle_time = parse_cycle_time(text_of(object, "cyctime"));
  auto business_date = parse_business_date(text_of(object, "bizdate"));
  if (!cycle_time || !business_date) return {};
  FirstValues first{{*cycle_time, *business_date, {}, {}, {}}, {}};
  for (const json::value& element : object.at("parameters").as_array()) {
    const json::object& parameter = element.as_object();
    first.parameters.push_back(
        {text_of(parameter, "name"), text_of(parameter, "expression"), text_of(parameter, "value")});
  }
  return first;
} catch (const std::exception&) {
  return {};
}

}  // namespace sluice::job
