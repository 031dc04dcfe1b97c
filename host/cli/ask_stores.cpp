// SPDX-License-Identifier: Apache-2.0
#include "cli/ask_stores.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

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

std::vector<std::string> names_of(const record::Schema& schema) {
  std::vector<std::string> names;
  for (const record::Field& field : schema.fields()) names.push_back(field.name);
  return names;
}

array in_quotes(const std::vector<std::string>& names, const Quotes& quotes) {
  array result;
  for (const std::string& name : names) result.push_back(quoted(name, quotes));
  return result;
}

bool are_plain(const std::vector<std::string>& names) { return std::all_of(names.begin(), names.end(), is_plain); }

// Problems of the step at `place` only, and of data sources' files: the other one may still lack what is asked for now.
void keep(const job::Problems& found, std::string_view place, job::Problems& problems) {
  for (const job::Problem& problem : found.sorted()) {
    const bool counts = problem.path.starts_with(place) || !problem.source.empty();
    if (problem.severity == job::Severity::error && counts) problems.add(problem);
  }
}

struct Asked {
  ReadJob read;
  engine::OpenOutcome open;
};

// Connects. Nothing in `open.job` when something is wrong; the problems say what.
Asked open_draft(const JobDraft& draft, engine::OpenRules rules, const Drafting& drafting, job::Problems& problems) {
  Asked answer{drafting.read(draft, false), {}};
  keep(answer.read.problems, rules.reader_only ? "steps[0]" : "steps", problems);
  if (problems.has_errors() || !answer.read.resolved) return answer;
  rules.check_only = true;
  answer.open = engine::open(*answer.read.resolved, std::move(rules), drafting.log, problems);
  return answer;
}

// True when the source answers to these columns as it did to all of them.
bool answers_alike(const JobDraft& draft, const record::Schema& all, const Drafting& drafting) {
  job::Problems ignored;
  const Asked again = open_draft(draft, {.reader_only = true}, drafting, ignored);
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

// As the reader itself would have it; empty when it has no opinion.
array proposed(const record::Schema& schema) {
  array columns;
  for (const record::Field& field : schema.fields()) {
    boost::system::error_code failed;
    value column = boost::json::parse(field.find(SLUICE_META_PROPOSED).value_or(""), failed);
    if (failed) return {};
    columns.push_back(std::move(column));
  }
  return columns;
}

void set_read_columns(JobDraft& draft, const record::Schema& schema, const Drafting& drafting) {
  const job::Option* list = draft.reader.options().column_list();
  if (list == nullptr || draft.reader.parameter[list->name] != value(array{"*"})) return;
  if (array columns = proposed(schema); !columns.empty()) {
    draft.reader.parameter[list->name] = std::move(columns);
    draft.reader.remarks = {"The types of the columns are those of the first records, where all of these agree, else",
                            "string. A record with another value would be a dirty one: look them over."};
    return;
  }
  if (list->children.find("index") != nullptr && list->children.find("name") != nullptr) {
    draft.reader.parameter[list->name] = positions(schema, *list);
    return;
  }
  for (const Quotes& quotes : styles) {
    draft.reader.parameter[list->name] = in_quotes(names_of(schema), quotes);
    if (are_plain(names_of(schema)) || answers_alike(draft, schema, drafting)) return;
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

bool has_column_problems(const JobDraft& draft, const Drafting& drafting) {
  job::Problems problems;
  keep(drafting.read(draft).problems, "steps[1].parameter." + draft.writer.options().column_list()->name, problems);
  return problems.has_errors();
}

void set_written_columns(JobDraft& draft, const record::Schema& schema, const Drafting& drafting) {
  const job::Option* list = draft.writer.options().column_list();
  if (list == nullptr || (list->element_types & SLUICE_STRING) == 0) return;
  if (!list->has(SLUICE_REQUIRED) || draft.writer.parameter[list->name] != value(array{"*"})) return;
  for (const Quotes& quotes : styles) {
    draft.writer.named = names_of(schema);
    draft.writer.parameter[list->name] = in_quotes(draft.writer.named, quotes);
    if (!has_column_problems(draft, drafting)) return;
  }
}

Asked open_target(const JobDraft& draft, const Drafting& drafting, job::Problems& problems) {
  return open_draft(draft, {.create_table = plugin::creates_tables(*draft.writer.plugin)}, drafting, problems);
}

// True when the target has, or would get, columns of the names that they have in the source.
bool calls_columns_alike(const JobDraft& draft, const Drafting& drafting) {
  job::Problems ignored;
  const Asked answer = open_target(draft, drafting, ignored);
  if (!answer.open.job) return false;
  std::vector<std::string> created;
  for (const plugin::Statement& line : answer.open.job->creation)
    if (line.what == "type") created.push_back(line.subject);
  return created.empty() || draft.writer.named.empty() || created == draft.writer.named;
}

// Only the target knows which quotes are its own, and whether wall-clock times and instants meet.
void suit_target(JobDraft& draft, const Drafting& drafting) {
  const bool is_plain_list = are_plain(draft.writer.named);
  for (const bool has_zone : {false, true})
    for (const Quotes& quotes : styles) {
      JobDraft other = draft;
      if (has_zone) other.setting["common"] = object{{"column", object{{"timeZone", "UTC"}}}};
      if (!is_plain_list)
        other.writer.parameter[draft.writer.options().column_list()->name] = in_quotes(draft.writer.named, quotes);
      if (calls_columns_alike(other, drafting)) {
        draft = std::move(other);
        return;
      }
      if (is_plain_list) break;
    }
}

}  // namespace

std::optional<int> ask_source(JobDraft& draft, const Drafting& drafting, job::Problems& problems) {
  const Asked answer = open_draft(draft, {.reader_only = true}, drafting, problems);
  if (!answer.open.job) return engine::exit_code_of(answer.open, problems);
  const record::Schema& schema = answer.open.job->source;
  set_read_columns(draft, schema, drafting);
  set_split_key(draft.reader, schema);
  set_written_columns(draft, schema, drafting);
  // Columns that were proposed may have other types than all of them.
  job::Problems known;
  const Asked again = open_draft(draft, {.reader_only = true}, drafting, known);
  draft.reader.types = type_table(again.open.job ? again.open.job->source : schema);
  return {};
}

std::optional<int> ask_target(JobDraft& draft, const Drafting& drafting, job::Problems& problems) {
  suit_target(draft, drafting);
  const Asked answer = open_target(draft, drafting, problems);
  if (!answer.open.job) return engine::exit_code_of(answer.open, problems);
  draft.reader.types.clear();
  draft.writer.types = type_table(*answer.open.job);
  return {};
}

}  // namespace sluice::cli
