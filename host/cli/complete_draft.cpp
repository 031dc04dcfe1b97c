// SPDX-License-Identifier: Apache-2.0
#include "cli/complete_draft.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

namespace sluice::cli {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;
using job::Option;

constexpr int most_rounds = 20;  // more than rules that lead from one parameter to the next

void propose(StepDraft& step, const Option& option) {
  if (step.sets(option)) return;
  value proposed = proposed_value(option);
  if (!proposed.is_null()) step.parameter[option.name] = std::move(proposed);
}

// A query stands for columns.
bool needs_columns(const StepDraft& step) {
  const auto& options = step.options().options();
  return std::none_of(options.begin(), options.end(), [&](const Option& option) {
    return option.has(SLUICE_REPLACES_COLUMNS) && step.parameter.contains(option.name);
  });
}

// By a data source's name, or by fields: an example beside those (a host beside a socket) would lead elsewhere.
bool knows_connection(const StepDraft& step) {
  const auto& options = step.options().options();
  return step.parameter.contains("datasource") ||
         std::any_of(options.begin(), options.end(),
                     [&](const Option& option) { return option.has(SLUICE_CONNECTION) && step.sets(option); });
}

void propose_essentials(StepDraft& step) {
  const bool is_known = knows_connection(step);
  const bool by_name = step.parameter.contains("datasource");
  for (const Option& option : step.options().options()) {
    const bool connects = option.has(SLUICE_CONNECTION) && !is_known;
    if (option.has(SLUICE_CONNECTION) && by_name) continue;
    const bool columns = option.has(SLUICE_COLUMN_LIST) && option.example && needs_columns(step);
    if (option.has(SLUICE_REQUIRED) || columns || (connects && option.example)) propose(step, option);
  }
}

array* columns_of(StepDraft& step) {
  const Option* list = step.options().column_list();
  value* found = list != nullptr && needs_columns(step) ? step.parameter.if_contains(list->name) : nullptr;
  array* columns = found != nullptr ? found->if_array() : nullptr;
  const bool all = columns != nullptr && std::any_of(columns->begin(), columns->end(), [](const value& column) {
                     return column.is_string() && column.get_string() == "*";
                   });
  return all ? nullptr : columns;
}

std::string column_name(const value& column, std::size_t position) {
  if (column.is_string()) return std::string(column.get_string());
  const object* members = column.if_object();
  const value* name = members != nullptr ? members->if_contains("name") : nullptr;
  return name != nullptr && name->is_string() ? std::string(name->get_string()) : "c" + std::to_string(position);
}

// Columns match by position: as many are written as are read.
void match_columns(StepDraft& reader, StepDraft& writer) {
  array* read = columns_of(reader);
  array* written = columns_of(writer);
  if (read == nullptr || written == nullptr || read->size() == written->size()) return;
  const Option& list = *writer.options().column_list();
  if ((list.element_types & SLUICE_STRING) == 0) return;
  array names;
  for (std::size_t i = 0; i < read->size(); ++i) names.emplace_back(column_name((*read)[i], i));
  *written = std::move(names);
}

// "steps[1].parameter.table[0]": the option `table`, when it is not set.
const Option* missed(const StepDraft& step, std::string_view place, std::string_view path) {
  if (!path.starts_with(place)) return nullptr;
  path.remove_prefix(place.size());
  const Option* option = step.options().find(path.substr(0, path.find_first_of(".[")));
  return option == nullptr || step.parameter.contains(option->name) ? nullptr : option;
}

// True when a rule of a plugin was followed.
bool follow(JobDraft& draft, const job::Problems& problems) {
  for (const job::Problem& problem : problems.sorted()) {
    if (problem.severity != job::Severity::error) continue;
    for (auto* step : {&draft.reader, &draft.writer}) {
      const char* place = step == &draft.reader ? "steps[0].parameter." : "steps[1].parameter.";
      const Option* option = missed(*step, place, problem.path);
      if (option == nullptr) continue;
      propose(*step, *option);
      if (step->parameter.contains(option->name)) return true;
    }
  }
  return false;
}

}  // namespace

void complete(JobDraft& draft, const Drafting& drafting) {
  if (draft.setting.empty())
    draft.setting = {{"speed", object{{"concurrent", 1}}}, {"errorLimit", object{{"record", 0}}}};
  propose_essentials(draft.reader);
  propose_essentials(draft.writer);
  for (int round = 0; round < most_rounds; ++round) {
    match_columns(draft.reader, draft.writer);
    if (!follow(draft, drafting.read(draft).problems)) return;
  }
}

}  // namespace sluice::cli
