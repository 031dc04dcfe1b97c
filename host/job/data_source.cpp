// SPDX-License-Identifier: Apache-2.0
#include "job/data_source.hpp"

#include <algorithm>
#include <cstdlib>

#include "job/coerce.hpp"
#include "job/lint.hpp"
#include "job/path.hpp"
#include "job/script_file.hpp"
#include "job/suggest.hpp"

namespace sluice::job {
namespace {

namespace fs = std::filesystem;
constexpr const char* file_name = "datasources.json";

Option field(std::string name, std::uint32_t types, std::uint32_t flags, std::string description) {
  Option option;
  option.name = std::move(name);
  option.types = types;
  option.flags = flags;
  option.description = std::move(description);
  return option;
}

const OptionTable& entry_table() {
  static const OptionTable table({field("type", SLUICE_STRING, SLUICE_REQUIRED, "the plugin, as in stepType"),
                                  field("description", SLUICE_STRING, 0, "for people"),
                                  field("connection", SLUICE_OBJECT, verbatim, "fields of the connection"),
                                  field("profiles", SLUICE_OBJECT, verbatim, "by name: fields that differ")});
  return table;
}

bool names_source(std::string_view key) { return !key.starts_with("x-") && !key.starts_with('$'); }

boost::json::object object_of(const boost::json::object& values, std::string_view key) {
  const boost::json::value* found = values.if_contains(key);
  return found == nullptr || !found->is_object() ? boost::json::object() : found->get_object();
}

std::string text_at(const boost::json::object& values, std::string_view key) {
  const boost::json::value* found = values.if_contains(key);
  return found == nullptr ? std::string() : std::string(found->get_string());
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : ", ").append(word);
  return text;
}

// $XDG_CONFIG_HOME/sluice/datasources.json; empty without a home.
std::string file_of_user() {
  const char* config = std::getenv("XDG_CONFIG_HOME");
  if (config != nullptr && fs::path(config).is_absolute()) return (fs::path(config) / "sluice" / file_name).string();
  const char* home = std::getenv("HOME");
  return home == nullptr || *home == '\0' ? "" : (fs::path(home) / ".config/sluice" / file_name).string();
}

std::vector<std::unique_ptr<DataSourceFile>> places(const DataSourceRules& rules) {
  std::vector<std::unique_ptr<DataSourceFile>> files;
  const auto add = [&](std::string path, std::string origin) {
    files.push_back(std::make_unique<DataSourceFile>(DataSourceFile{std::move(path), std::move(origin), {}}));
  };
  if (!rules.file.empty()) {
    add(rules.file, rules.named_by);
    return files;
  }
  add((fs::path(rules.directory) / file_name).string(), "beside the job");
  if (std::string path = file_of_user(); !path.empty()) add(std::move(path), "of the user");
  return files;
}

void read_into(DataSourceFile& file, bool must_exist, Problems& problems) {
  std::error_code ignored;
  if (!must_exist && !fs::exists(file.path, ignored)) return;
  Problems found;
  auto text = read_script(file.path, "file of data sources");
  if (!text) {
    found.add({.text = text.error()});
  } else if ((file.document = Document::parse(std::move(*text), found)); file.document) {
    if (!file.document->root().is_object()) {
      report_value(*file.document, found, Severity::error, {},
                   "data sources are an object, got " + shown(file.document->root()),
                   R"(such as {"shop": {"type": "sqlite", "connection": {"path": "shop.db"}}})");
      file.document.reset();
    }
  }
  add_problems(found, file.path, problems);
}

}  // namespace

std::vector<std::string> DataSourceFile::names() const {
  std::vector<std::string> names;
  if (!document) return names;
  for (const auto& member : document->root().get_object())
    if (names_source(member.key())) names.emplace_back(member.key());
  return names;
}

std::string DataSource::connection_path() const { return join_path(join_path("", name), "connection"); }

std::string DataSource::profile_path() const {
  return join_path(join_path(join_path("", name), "profiles"), profile_name);
}

void DataSources::read(Problems& problems) {
  if (is_read_) return;
  is_read_ = true;
  files_ = places(rules_);
  for (const auto& file : files_) read_into(*file, !rules_.file.empty(), problems);
}

std::optional<DataSource> DataSources::find(std::string_view name, Problems& problems) {
  read(problems);
  for (const auto& file : files_) {
    const std::vector<std::string> names = file->names();
    if (std::find(names.begin(), names.end(), name) != names.end()) return parsed(*file, name, problems);
  }
  return {};
}

std::optional<DataSource> DataSources::parsed(const DataSourceFile& file, std::string_view name,
                                              Problems& problems) const {
  const std::string path = join_path("", name);
  const boost::json::value& given = file.document->root().get_object().at(name);
  Problems found;
  DataSource source{.name = std::string(name), .file = &file};
  if (!given.is_object()) {
    report_value(*file.document, found, Severity::error, path, "a data source is an object, got " + shown(given));
  } else {
    const LintRules rules{.strict = true};
    const auto values = Lint(*file.document, found, rules).object(given.get_object(), entry_table(), path);
    source.type = text_at(values, "type");
    source.description = text_at(values, "description");
    source.connection = object_of(values, "connection");
    const boost::json::object profiles = object_of(values, "profiles");
    for (const auto& profile : profiles) source.profiles.emplace_back(profile.key());
    if (!rules_.profile.empty() && profiles.contains(rules_.profile)) {
      source.profile_name = rules_.profile;
      source.profile = object_of(profiles, rules_.profile);
    } else if (!rules_.profile.empty() && !profiles.empty()) {
      const std::string meant = did_you_mean(rules_.profile, source.profiles);
      report_key(*file.document, found, Severity::error, join_path(path, "profiles"),
                 "no such profile: " + rules_.profile, meant.empty() ? "there are " + listed(source.profiles) : meant);
    }
  }
  add_problems(found, file.path, problems);
  return found.has_errors() ? std::nullopt : std::optional(std::move(source));
}

std::vector<std::string> DataSources::names(Problems& problems) {
  read(problems);
  std::vector<std::string> names;
  for (const auto& file : files_)
    for (std::string& name : file->names())
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  return names;
}

std::vector<std::string> DataSources::searched() const {
  std::vector<std::string> lines;
  for (const auto& file : files_) {
    std::error_code ignored;
    const std::string names = listed(file->names());
    const char* missing = fs::exists(file->path, ignored) ? "nothing that can be used" : "no such file";
    lines.push_back(file->path + " (" + file->origin + "): " + (names.empty() ? missing : names));
  }
  return lines;
}

void add_problems(const Problems& found, const std::string& file, Problems& problems) {
  for (Problem problem : found.sorted()) {
    if (problem.source.empty()) problem.source = file;
    problems.add(std::move(problem));
  }
}

OptionTable connection_table(const OptionTable& table) {
  std::vector<Option> fields;
  for (const Option& option : table.options()) {
    if (!option.has(SLUICE_CONNECTION)) continue;
    fields.push_back(option);
    fields.back().flags &= ~SLUICE_REQUIRED;
    fields.back().default_value.reset();
  }
  return OptionTable(std::move(fields));
}

}  // namespace sluice::job
