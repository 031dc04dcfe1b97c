// SPDX-License-Identifier: Apache-2.0
#include "job/data_source_use.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

#include "job/coerce.hpp"
#include "job/path.hpp"
#include "job/scheduling.hpp"
#include "job/suggest.hpp"

namespace sluice::job {
namespace {

constexpr const char* key = "datasource";
constexpr const char* shards = "connection";

bool is_set(const boost::json::value& given) {
  return !given.is_null() && !(given.is_string() && given.get_string().empty());
}

bool sets(const boost::json::object& given, const Option& option) {
  return std::any_of(given.begin(), given.end(), [&](const auto& member) {
    const bool is_spelling =
        std::find(option.aliases.begin(), option.aliases.end(), member.key()) != option.aliases.end();
    return (option.name == member.key() || is_spelling) && is_set(member.value());
  });
}

// One object of fields; what an earlier one said is replaced.
void add_fields(ConnectionFields& fields, const boost::json::object& given, const OptionTable& table,
                const Origin& origin, const ConnectionRules& rules, Problems& problems) {
  LintRules lint = rules.lint;
  lint.strict = true;
  const auto checked = Lint(origin.document, problems, lint).object(given, table, origin.path);
  for (const auto& member : checked) fields.references[member.key()] = member.value();
  Secrets none({.resolve = false});
  Secrets& secrets = rules.secrets == nullptr ? none : *rules.secrets;
  for (const auto& member : secrets.resolved(checked, table, origin, problems))
    fields.values[member.key()] = member.value();
  for (const auto& member : given) {
    const Option* option = table.find(member.key());
    if (option == nullptr || !is_set(member.value())) continue;
    const std::string path = join_path(origin.path, member.key());
    fields.places[option->name] = {path, origin.document.value_position(path)};
    if (!checked.contains(option->name)) fields.wrong.push_back(option->name);
  }
}

void fill_object(boost::json::object& values, const boost::json::object& given, const ConnectionFields& fields,
                 const OptionTable& table, bool secrets_in_place) {
  for (const auto& member : secrets_in_place ? fields.values : fields.references) {
    const Option* option = table.find(member.key());
    if (option != nullptr && !sets(given, *option)) values[option->name] = member.value();
  }
}

// What the fields say is neither missing nor has a default.
OptionTable relaxed(const OptionTable& table, const ConnectionFields& fields) {
  std::vector<Option> options = table.options();
  for (Option& option : options) {
    const bool wrong = std::find(fields.wrong.begin(), fields.wrong.end(), option.name) != fields.wrong.end();
    if (!wrong && !fields.values.contains(option.name)) continue;
    option.flags &= ~SLUICE_REQUIRED;
    option.default_value.reset();
  }
  return OptionTable(std::move(options));
}

}  // namespace

ConnectionFields connection_fields(const DataSource& source, const OptionTable& table, const ConnectionRules& rules,
                                   Problems& problems) {
  const Document& document = *source.file->document;
  const std::string& file = source.file->path;
  ConnectionFields fields;
  fields.file = file;
  Problems found;
  add_fields(fields, source.connection, table, {document, source.connection_path(), file}, rules, found);
  add_fields(fields, source.profile, table, {document, source.profile_path(), file}, rules, found);
  add_problems(found, file, problems);
  return fields;
}

DataSourceUse::DataSourceUse(const Step& step, const OptionTable& table, std::vector<std::string> stores,
                             const Origin& origin, const ConnectionRules& rules, Problems& problems)
    : table_(table), stores_(std::move(stores)), origin_(origin), rules_(rules), parameter_(step.parameter) {
  fields_ = take(parameter_, origin.path, problems);
  const Option* option = table.find(shards);
  boost::json::value* given = parameter_.if_contains(shards);
  if (option == nullptr || option->children.empty() || given == nullptr || !given->is_array()) return;
  for (std::size_t i = 0; i < given->get_array().size(); ++i) {
    boost::json::object* element = given->get_array()[i].if_object();
    if (element == nullptr) continue;
    auto fields = take(*element, join_path(join_path(origin.path, shards), i), problems);
    if (fields) elements_.emplace(i, std::move(*fields));
  }
}

std::optional<ConnectionFields> DataSourceUse::take(boost::json::object& object, const std::string& parent,
                                                    Problems& problems) {
  boost::json::value* found = object.if_contains(key);
  if (found == nullptr || table_.find(key) != nullptr) return {};
  const boost::json::value given = std::move(*found);
  object.erase(key);
  if (!is_set(given)) return {};
  const std::string path = join_path(parent, key);
  if (connection_table(table_).empty()) {
    report_key(origin_.document, problems, Severity::error, path,
               "this plugin takes no data source: " + stores_.front(), "remove it");
    return {};
  }
  if (const boost::json::object* inline_fields = given.if_object()) {
    ConnectionFields fields;
    add_fields(fields, *inline_fields, connection_table(table_), {origin_.document, path, origin_.file}, rules_,
               problems);
    return fields;
  }
  if (given.is_string()) {
    std::string name(given.get_string());
    if (rules_.lint.scheduling != nullptr)
      name = rules_.lint.scheduling->substitute(name, path, origin_.document, problems);
    return named(name, path, problems);
  }
  report_value(origin_.document, problems, Severity::error, path,
               "expected the name of a data source or an object of its fields, got " + shown(given));
  return {};
}

std::optional<ConnectionFields> DataSourceUse::named(const std::string& name, const std::string& path,
                                                     Problems& problems) {
  const OptionTable known = connection_table(table_);
  const std::size_t errors = problems.errors();
  const auto source = rules_.sources == nullptr ? std::nullopt : rules_.sources->find(name, problems);
  ConnectionFields nothing;  // but what is missing now has a reason
  for (const Option& option : known.options()) nothing.wrong.push_back(option.name);
  if (!source) {
    if (problems.errors() == errors) report_unknown(name, path, problems);
    return nothing;
  }
  if (std::find(stores_.begin(), stores_.end(), source->type) == stores_.end()) {
    report_value(origin_.document, problems, Severity::error, path,
                 "the data source is one of another store: " + name + " is of " + source->type + ", the step of " +
                     stores_.front());
    return nothing;
  }
  return connection_fields(*source, known, rules_, problems);
}

void DataSourceUse::report_unknown(const std::string& name, const std::string& path, Problems& problems) {
  Problem problem{.path = path,
                  .position = origin_.document.value_position(path),
                  .text = "no such data source: " + name,
                  .source = origin_.document.overridden(path) ? "--set" : ""};
  if (rules_.sources != nullptr) {
    Problems ignored;
    problem.advice = did_you_mean(name, rules_.sources->names(ignored));
    problem.details = rules_.sources->searched();
  }
  problems.add(std::move(problem));
}

OptionTable DataSourceUse::table() const {
  OptionTable table = fields_ ? relaxed(table_, *fields_) : table_;
  if (elements_.empty()) return table;
  std::vector<Option> options = table.options();
  for (Option& option : options) {
    if (option.name != shards) continue;
    for (const auto& [index, fields] : elements_) option.children = relaxed(option.children, fields);
  }
  return OptionTable(std::move(options));
}

void DataSourceUse::fill(boost::json::object& values, bool secrets_in_place) const {
  if (fields_) fill_object(values, parameter_, *fields_, table_, secrets_in_place);
  boost::json::value* list = values.if_contains(shards);
  if (list == nullptr || !list->is_array()) return;
  const Option& option = *table_.find(shards);
  for (const auto& [index, fields] : elements_) {
    boost::json::array& array = list->get_array();
    boost::json::object* element = index < array.size() ? array[index].if_object() : nullptr;
    const boost::json::object& given = parameter_.at(shards).get_array()[index].get_object();
    if (element != nullptr) fill_object(*element, given, fields, option.children, secrets_in_place);
  }
}

DataSourceUse::Places DataSourceUse::places() const {
  Places places = fields_ ? places_of(*fields_) : Places();
  for (const Option& option : table_.options())
    if (sets(parameter_, option)) places.erase(option.name);
  for (const auto& [index, fields] : elements_) {
    const std::string prefix = join_path(shards, index);
    Places of_element = places_of(fields, prefix);
    for (const Option& option : table_.find(shards)->children.options())
      if (sets(parameter_.at(shards).get_array()[index].get_object(), option))
        of_element.erase(join_path(prefix, option.name));
    places.merge(of_element);
  }
  return places;
}

DataSourceUse::Places places_of(const ConnectionFields& fields, const std::string& prefix) {
  DataSourceUse::Places places;
  if (fields.file.empty()) return places;
  for (const auto& [field, place] : fields.places)
    places.emplace(join_path(prefix, field), DataSourceUse::Place{fields.file, place.first, place.second});
  return places;
}

}  // namespace sluice::job
