// SPDX-License-Identifier: Apache-2.0
#include "job/scheduling.hpp"

#include <algorithm>

#include "job/coerce.hpp"
#include "job/path.hpp"
#include "job/schedule_expression.hpp"
#include "job/suggest.hpp"
#include "sluice/plugin.h"

namespace sluice::job {
namespace {

using boost::system::in_place_error;
using Declared = boost::system::result<void, std::string>;

bool is_name(std::string_view name) {
  auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  auto more = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '.'; };
  return !name.empty() && letter(name.front()) && std::all_of(name.begin(), name.end(), more);
}

bool is_time_with(const ExpressionPiece& piece, DateUnit unit) {
  return piece.kind == ExpressionPiece::Kind::cycle_time && has_unit(piece.format, unit);
}

// The hour of another day may come out of it, and the day is not in it.
bool is_shifted_hour(const ExpressionPiece& piece) {
  bool crosses = piece.shift % std::chrono::days(1) != std::chrono::seconds(0);
  return crosses && is_time_with(piece, DateUnit::hour) && !has_unit(piece.format, DateUnit::day);
}

bool is_unshifted_day(const ExpressionPiece& piece) {
  bool stays = piece.shift % std::chrono::days(1) == std::chrono::seconds(0);
  return stays && is_time_with(piece, DateUnit::day) && !has_unit(piece.format, DateUnit::hour);
}

const SchedulingParameter* first_with(const std::vector<SchedulingParameter>& declared,
                                      bool (*kind)(const ExpressionPiece&)) {
  for (const SchedulingParameter& parameter : declared) {
    auto pieces = parse_expression(parameter.expression);
    if (parameter.used && pieces && std::any_of(pieces->begin(), pieces->end(), kind)) return &parameter;
  }
  return nullptr;
}

}  // namespace

Declared SchedulingValues::declare(std::string_view assignment) {
  std::size_t equals = assignment.find('=');
  if (equals == std::string_view::npos) {
    return {in_place_error, "not of the form name=value: " + std::string(assignment) + " (such as dt=$[yyyymmdd-1])"};
  }
  return declare(assignment.substr(0, equals), assignment.substr(equals + 1));
}

Declared SchedulingValues::declare(std::string_view name, std::string_view expression) {
  if (!is_name(name)) {
    return {in_place_error, "not a name, which is made of letters, digits, _ and dots: " + std::string(name)};
  }
  auto value = evaluate(expression, time_);
  if (!value) {
    wrong_.emplace_back(name);
    return {in_place_error, std::string(name) + ": " + value.error()};
  }
  SchedulingParameter parameter{std::string(name), std::string(expression), std::move(*value)};
  parameter.source = "-p";
  SchedulingParameter* earlier = find(name);
  if (earlier != nullptr)
    *earlier = std::move(parameter);
  else
    declared_.push_back(std::move(parameter));
  return {};
}

void SchedulingValues::declare_block(const boost::json::object& block, const Document& document, Problems& problems) {
  for (const auto& member : block) {
    std::string path = join_path("parameters", member.key());
    auto text = coerce(member.value(), document.written(path), SLUICE_STRING);
    if (!text) {
      report_value(document, problems, Severity::error, path, "expected a string, got " + shown(member.value()));
      continue;
    }
    if (SchedulingParameter* earlier = find(member.key())) {
      if (earlier->source.empty()) earlier->path = path;
      continue;
    }
    if (auto declared = declare(member.key(), std::string_view(text->get_string())); !declared) {
      report_value(document, problems, Severity::error, path, declared.error());
    } else {
      declared_.back().path = path;
      declared_.back().source.clear();
    }
  }
}

std::string SchedulingValues::substitute(std::string_view text, const std::string& path, const Document& document,
                                         Problems& problems) {
  std::string result;
  std::size_t at = 0;
  while (true) {
    std::size_t begin = text.find("${", at);
    std::size_t end = begin == std::string_view::npos ? begin : text.find('}', begin);
    if (end == std::string_view::npos) return result.append(text.substr(at));
    result.append(text.substr(at, begin - at));
    std::string_view name = text.substr(begin + 2, end - begin - 2);
    if (SchedulingParameter* parameter = find(name)) {
      parameter->used = true;
      result.append(parameter->value);
    } else if (built_in(name)) {
      result.append(built_in_value(name));
    } else {
      const bool is_told = std::find(wrong_.begin(), wrong_.end(), name) != wrong_.end();
      if (!is_told) report_unknown(name, path, begin, document, problems);
      result.append(text.substr(begin, end + 1 - begin));
    }
    at = end + 1;
  }
}

void SchedulingValues::report_leftovers(const Document& document, Problems& problems) const {
  for (const SchedulingParameter& parameter : declared_) {
    const bool restored = parameter.source.empty() && parameter.path.empty();
    if (parameter.used || restored) continue;
    warn(parameter, "declared and never used: " + parameter.name, "it is written ${" + parameter.name + "}", document,
         problems);
  }
  report_midnight_trap(document, problems);
}

void SchedulingValues::report_midnight_trap(const Document& document, Problems& problems) const {
  const SchedulingParameter* hour = first_with(declared_, is_shifted_hour);
  const SchedulingParameter* day = first_with(declared_, is_unshifted_day);
  if (hour == nullptr || day == nullptr) return;
  warn(*hour,
       "around midnight the hour belongs to another day than the date beside it: " + hour->name + "=" +
           hour->expression + ", " + day->name + "=" + day->expression,
       "shift the date by the same hours, such as $[yyyymmdd-1/24]", document, problems);
}

const std::string& SchedulingValues::built_in_value(std::string_view name) {
  auto known = std::find_if(used_built_ins_.begin(), used_built_ins_.end(),
                            [&](const SchedulingParameter& parameter) { return parameter.name == name; });
  if (known != used_built_ins_.end()) return known->value;
  const std::string expression = "${" + std::string(name) + "}";
  used_built_ins_.push_back({std::string(name), expression, *evaluate(expression, time_)});
  return used_built_ins_.back().value;
}

SchedulingParameter* SchedulingValues::find(std::string_view name) {
  auto found = std::find_if(declared_.begin(), declared_.end(),
                            [&](const SchedulingParameter& parameter) { return parameter.name == name; });
  return found == declared_.end() ? nullptr : &*found;
}

void SchedulingValues::report_unknown(std::string_view name, const std::string& path, std::size_t offset,
                                      const Document& document, Problems& problems) const {
  std::vector<std::string> names;
  for (const SchedulingParameter& parameter : declared_) names.push_back(parameter.name);
  for (const char* built : {"bizdate", "cyctime", "gmtdate", "bizmonth", "jobid", "nodeid", "taskid"})
    names.emplace_back(built);
  std::string advice = did_you_mean(name, names);
  std::string expression = "${" + std::string(name) + "}";
  if (advice.empty() && (name.starts_with("env:") || name.starts_with("file:") || name.starts_with("command:"))) {
    advice = "secrets stand only in parameters that are secret";
  } else if (advice.empty() && evaluate(expression, time_)) {
    advice = "give the date a name: -p dt='" + expression + "', and write ${dt}";
  } else if (advice.empty()) {
    advice = is_name(name) ? "declare it: -p " + std::string(name) + "=VALUE"
                           : "names are made of letters, digits, _ and dots";
  }
  std::string source = document.overridden(path) ? "--set" : "";
  problems.add({Severity::error, path, document.inside_string(path, offset),
                "no scheduling parameter of that name: " + std::string(name), std::move(advice), std::move(source)});
}

void SchedulingValues::warn(const SchedulingParameter& about, std::string text, std::string advice,
                            const Document& document, Problems& problems) const {
  if (about.path.empty()) {
    problems.add({Severity::warning,
                  {},
                  about.position,
                  std::move(text),
                  std::move(advice),
                  about.source.empty() ? "-p" : about.source});
  } else {
    report_key(document, problems, Severity::warning, about.path, std::move(text), std::move(advice));
  }
}

}  // namespace sluice::job
