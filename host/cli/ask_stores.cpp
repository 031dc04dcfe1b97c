// SPDX-License-Identifier: Apache-2.0
#include "cli/ask_stores.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "cli/resolve_text.hpp"
#include "cli/type_table.hpp"
#include "plugin/extensions.hpp"

namespace sluice::cli {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

struct Quotes {
  std::string_view open, close;
};

// As stores quote names; the first that a store understands is taken.
constexpr std::array<Quotes, 3> styles{{{"\"", "\""}, {"`", "`"}, {"[", "]"}}};

bool is_plain(std::string_view name) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
  constexpr std::array<std::string_view, 3> constants{"null", "true", "false"};
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return !name.empty() && letters.find(name.front()) != std::string_view::npos &&
         name.find_first_not_of(std::string(letters) + "0123456789") == std::string_view::npos &&
         std::find(constants.begin(), constants.end(), lower) == constants.end();
}

value quoted(const std::string& name, const Quotes& quotes) {
  if (is_plain(name)) return value(name);
  std::string text(quotes.open);
  for (char letter : name) text.append(quotes.close.front() == letter ? 2 : 1, letter);
  return value(text.append(quotes.close));
}

array names(const record::Schema& schema, const Quotes& quotes) {
  array result;
  for (const record::Field& field : schema.fields()) result.push_back(quoted(field.name, quotes));
  return result;
}

bool are_plain(const record::Schema& schema) {
  return std::all_of(schema.fields().begin(), schema.fields().end(), [](const auto& f) { return is_plain(f.name); });
}

// Problems of the step at `place` only: the other one may still lack what is asked for now.
void keep(const job::Problems& found, std::string_view place, job::Problems& problems) {
  for (const job::Problem& problem : found.sorted())
    if (problem.severity == job::Severity::error && problem.path.starts_with(place)) problems.add(problem);
}

struct Asked {
  ReadJob read;
  engine::OpenOutcome open;
};

// Connects. Nothing in `open.job` when something is wrong; the problems say what.
Asked open_draft(const JobDraft& draft, engine::OpenRules rules, const Asking& asking) {
  const auto& [catalogue, log, data_sources, problems] = asking;
  Asked answer{resolve_text(boost::json::serialize(draft.script()), "", catalogue, log, data_sources, false), {}};
  keep(answer.read.problems, rules.reader_only ? "steps[0]" : "steps", problems);
  if (problems.has_errors() || !answer.read.resolved) return answer;
  rules.check_only = true;
  answer.open = engine::open(*answer.read.resolved, std::move(rules), log, problems);
  return answer;
}

// True when the source answers to these columns as it did to all of them.
bool answers_alike(const JobDraft& draft, const record::Schema& all, const Asking& asking) {
  job::Problems ignored;
  const Asked again =
      open_draft(draft, {.reader_only = true}, {asking.catalogue, asking.log, asking.data_sources, ignored});
  if (!again.open.job || again.open.job->source.size() != all.size()) return false;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (again.open.job->source.field(i).name != all.field(i).name) return false;
  return true;
}

// {"index": 0, "name": "id", "type": "string"}, where columns are fields of a record.
array positions(const record::Schema& schema, const job::Option& list) {
  array columns;
  const job::Option* type = list.children.find("type");
  for (std::size_t i = 0; i < schema.size(); ++i) {
    object column{{"index", i}, {"name", schema.field(i).name}};
    if (type != nullptr && type->default_value) column["type"] = *type->default_value;
    columns.push_back(std::move(column));
  }
  return columns;
}

void set_read_columns(JobDraft& draft, const record::Schema& schema, const Asking& asking) {
  const job::Option* list = draft.reader.options().column_list();
  if (list == nullptr || draft.reader.parameter[list->name] != value(array{"*"})) return;
  if (list->children.find("index") != nullptr && list->children.find("name") != nullptr) {
    draft.reader.parameter[list->name] = positions(schema, *list);
    return;
  }
  for (const Quotes& quotes : styles) {
    draft.reader.parameter[list->name] = names(schema, quotes);
    if (are_plain(schema) || answers_alike(draft, schema, asking)) return;
  }
  draft.reader.parameter[list->name] = array{"*"};
}

// Its key, when that is one column: the plugin's own choice, said.
void set_split_key(StepDraft& reader, const record::Schema& schema) {
  std::string key;
  int parts = 0;
  for (const record::Field& field : schema.fields())
    if (field.find(SLUICE_META_KEY) && ++parts == 1) key = field.name;
  if (parts == 1 && is_plain(key) && reader.options().find("splitPk") != nullptr)
    reader.parameter.emplace("splitPk", key);
}

bool has_column_problems(const JobDraft& draft, const Asking& asking) {
  const ReadJob read =
      resolve_text(boost::json::serialize(draft.script()), "", asking.catalogue, asking.log, asking.data_sources);
  job::Problems problems;
  keep(read.problems, "steps[1].parameter." + draft.writer.options().column_list()->name, problems);
  return problems.has_errors();
}

void set_written_columns(JobDraft& draft, const record::Schema& schema, const Asking& asking) {
  const job::Option* list = draft.writer.options().column_list();
  if (list == nullptr || (list->element_types & SLUICE_STRING) == 0) return;
  if (!list->has(SLUICE_REQUIRED) || draft.writer.parameter[list->name] != value(array{"*"})) return;
  for (const Quotes& quotes : styles) {
    draft.writer.parameter[list->name] = names(schema, quotes);
    if (!has_column_problems(draft, asking)) return;
  }
}

}  // namespace

std::optional<int> ask_source(JobDraft& draft, const Asking& asking) {
  const Asked answer = open_draft(draft, {.reader_only = true}, asking);
  if (!answer.open.job) return engine::exit_code_of(answer.open, asking.problems);
  const record::Schema& schema = answer.open.job->source;
  set_read_columns(draft, schema, asking);
  set_split_key(draft.reader, schema);
  set_written_columns(draft, schema, asking);
  draft.reader.remarks = type_table(schema);
  return {};
}

std::optional<int> ask_target(JobDraft& draft, const Asking& asking) {
  const Asked answer = open_draft(draft, {.create_table = plugin::creates_tables(*draft.writer.plugin)}, asking);
  if (!answer.open.job) return engine::exit_code_of(answer.open, asking.problems);
  draft.reader.remarks.clear();
  draft.writer.remarks = type_table(*answer.open.job);
  return {};
}

}  // namespace sluice::cli
