// SPDX-License-Identifier: Apache-2.0
#include "record/cast_plan.hpp"

#include <algorithm>

namespace sluice::record {
namespace {

// The bytes of one are the bytes of the other.
bool shares_memory(const Type& from, const Type& to) {
  if (from == to) return true;
  if (is_decimal(from.id) && from.id == to.id) return from.scale == to.scale && from.precision <= to.precision;
  return is_variable(from.id) && is_variable(to.id) && has_large_offsets(from.id) == has_large_offsets(to.id);
}

// An instant on one side, a local time on the other.
bool crosses_zone(const Type& from, const Type& to) {
  if (is_timestamp(from.id) && is_timestamp(to.id)) return from.utc != to.utc;
  return (from.id == TypeId::date32 && to.utc) || (from.utc && to.id == TypeId::date32);
}

bool is_temporal(TypeId id) { return id >= TypeId::date32; }

std::string advice_for(const Type& from, const Type& to) {
  if (crosses_zone(from, to)) {
    return "set setting.common.column.timeZone to the zone of the times without one, such as \"Europe/Berlin\"";
  }
  if (is_binary(to.id) || is_binary(from.id))
    return "bytes can only become text or bytes: choose another target column";
  if (is_temporal(from.id) != is_temporal(to.id) && !is_text(to.id)) {
    return "there is more than one way to see a " + name_of(to) + " in a " + name_of(from) +
           ": say which by an expression in the reader's column list";
  }
  return "use an expression in the reader's column list that answers with a " + name_of(to);
}

CastProblem problem_of(std::size_t column, const Field& from, const Field& to) {
  CastProblem problem;
  problem.column = static_cast<int>(column);
  problem.text = label_of(column, from.name) + ": " + name_of(from.type) + " cannot be written to " + name_of(to.type);
  if (!to.name.empty()) problem.text += " '" + to.name + "'";
  if (crosses_zone(from.type, to.type)) problem.text += " without a time zone";
  problem.advice = advice_for(from.type, to.type);
  return problem;
}

std::optional<CastStep> step_of(const Field& from, const Field& to, bool has_zone) {
  CastStep step{.from = from.type, .to = to.type};
  step.required = to.required();
  step.checks_encoding = is_binary(from.type.id) && is_text(to.type.id);
  if (is_variable(to.type.id)) step.length = to.length();
  step.shares = shares_memory(from.type, to.type);
  if (step.shares || from.type.id == TypeId::null_) return step;
  if (crosses_zone(from.type, to.type) && !has_zone) return {};
  step.kernel = find_kernel(from.type, to.type);
  if (step.kernel == nullptr) return {};
  return step;
}

CastProblem count_problem(const Schema& from, const Schema& to) {
  return {-1,
          "reader and writer have different numbers of columns: " + std::to_string(from.size()) + " and " +
              std::to_string(to.size()),
          "columns match by position: list the same number of columns on both sides",
          {}};
}

}  // namespace

Kernel find_kernel(const Type& from, const Type& to) {
  if (is_variable(to.id)) return to_text_kernel(from, to);
  if (is_text(from.id)) return from_text_kernel(from, to);
  if (is_decimal(from.id) || is_decimal(to.id)) return decimal_kernel(from, to);
  if (Kernel kernel = time_kernel(from, to)) return kernel;
  return number_kernel(from, to);
}

std::string CastStep::message(Fault fault) const {
  std::string text(text_of(fault));
  if (fault == Fault::too_long)
    return text + ": " + std::to_string(*length) + (is_text(to.id) ? " characters" : " bytes");
  if (fault == Fault::null) return text;
  return text + ", " + name_of(from) + " to " + name_of(to);
}

boost::system::result<Cast, Cast::Problems> Cast::plan(const Schema& from, const Schema& to,
                                                       const CastOptions& options) {
  Problems problems;
  auto plan = std::make_unique<Plan>();
  if (!options.time_zone.empty()) {
    auto zone = Zone::find(options.time_zone);
    if (zone)
      plan->zone = *zone;
    else
      problems.push_back({-1, zone.error(), "use a name of the zone database, such as \"Europe/Berlin\" or \"UTC\"",
                          "setting.common.column.timeZone"});
  }
  if (from.size() != to.size()) problems.push_back(count_problem(from, to));
  const bool has_zone = !options.time_zone.empty();  // an unknown one was complained about already
  for (std::size_t i = 0; i < std::min(from.size(), to.size()); ++i) {
    auto step = step_of(from.field(i), to.field(i), has_zone);
    if (step)
      plan->steps.push_back(*step);
    else
      problems.push_back(problem_of(i, from.field(i), to.field(i)));
  }
  if (!problems.empty()) return problems;
  plan->schema = to.clone();
  plan->shares_all = std::ranges::all_of(plan->steps, &CastStep::shares);
  plan->identity = std::ranges::all_of(plan->steps, &CastStep::is_nothing);
  return Cast(std::move(plan));
}

}  // namespace sluice::record
