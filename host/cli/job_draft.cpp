// SPDX-License-Identifier: Apache-2.0
#include "cli/job_draft.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

#include "cli/json_text.hpp"
#include "job/setting.hpp"
#include "job/written_value.hpp"

namespace sluice::cli {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;
using job::Option;

constexpr std::size_t draft_width = 110;

// A step's connection by its name: the host's own, in no plugin's table.
constexpr const char* data_source = "datasource";
constexpr const char* about_data_source =
    "The connection, by its name in datasources.json: `sluice datasource show NAME` tells what it says. A field of the "
    "connection beside it stands above it";

// Whoever starts a job needs to know nothing of these.
constexpr std::uint32_t unseen = SLUICE_IGNORED | SLUICE_UNIMPLEMENTED | SLUICE_DEPRECATED | job::verbatim;

bool is_given(const Option& option, const object& set) {
  return set.contains(option.name) || std::any_of(option.aliases.begin(), option.aliases.end(),
                                                  [&](const std::string& alias) { return set.contains(alias); });
}

object proposed_members(const job::OptionTable& table) {
  object members;
  for (const Option& option : table.options()) {
    if (option.has(unseen)) continue;
    if (!option.has(SLUICE_REQUIRED) && !option.default_value && !option.example && option.children.empty()) continue;
    value proposed = proposed_value(option);
    bool empty = proposed.is_null() || (proposed.is_object() && proposed.get_object().empty());
    if (!empty) members[option.name] = std::move(proposed);
  }
  return members;
}

// Neither example nor default: something of its type.
value made_up(const Option& option, std::uint32_t types) {
  if ((types & SLUICE_STRING) != 0) return value(option.choices.empty() ? option.name : option.choices.front());
  if ((types & (SLUICE_INTEGER | SLUICE_NUMBER | SLUICE_BYTES | SLUICE_DURATION)) != 0)
    return value(option.has(SLUICE_HAS_MINIMUM) ? option.minimum : 1);
  if ((types & SLUICE_BOOLEAN) != 0) return false;
  if ((types & SLUICE_OBJECT) != 0) return proposed_members(option.children);
  return nullptr;
}

void append_words(std::string_view text, const std::string& margin, std::string& out) {
  std::string line = margin;
  const std::size_t bare = line.size();
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (line.size() > bare && line.size() + 1 + end > draft_width) {
      out.append(line).append("\n");
      line = margin;
    }
    if (line.size() > bare) line += ' ';
    line += text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (line.size() > bare) out.append(line).append("\n");
}

// "description. advice", and what it may be when it is one of a few words.
std::string about(const Option& option) {
  std::string text = option.description;
  if (!option.advice.empty()) text += ". " + option.advice;
  std::string words;
  for (const std::string& choice : option.choices) words += (words.empty() ? "" : ", ") + choice;
  // Descriptions often explain each.
  bool told = option.choices.empty() || option.description.find(option.choices.back()) != std::string::npos;
  return told ? text : text + ": " + words;
}

std::string in_quotes(std::string_view key) { return json_line(value(key)); }

// The members of an object with that table.
class Block {
 public:
  explicit Block(std::size_t indent) : indent_(indent), margin_(indent, ' ') {}

  std::string text(const job::OptionTable& table, const object& set) {
    const bool by_name = set.contains(data_source);
    if (by_name) {
      append_words(about_data_source, margin_ + "// ", text_);
      line(data_source, json_text(set.at(data_source), indent_));
    }
    for (const Option& option : table.options())
      if (!by_name || !option.has(SLUICE_CONNECTION) || is_given(option, set)) member(option, set);
    // What the table does not know: `check` will have a word on it.
    for (const auto& other : set)
      if (table.find(other.key()) == nullptr && other.key() != data_source) line(other.key(), json_text(other.value(), indent_));
    return std::move(text_);
  }

 private:
  // Set ones are lines, the others are comments.
  void member(const Option& option, const object& set) {
    bool is_set = false;
    for (const auto& given : set) {
      if (given.key() != option.name &&
          std::find(option.aliases.begin(), option.aliases.end(), given.key()) == option.aliases.end())
        continue;
      is_set = true;
      append_words(about(option), margin_ + "// ", text_);
      line(given.key(), value_text(option, given.value()));
    }
    if (is_set || option.has(unseen)) return;
    const value shown = proposed_value(option);
    if (shown.is_null() || (shown.is_object() && shown.get_object().empty())) return;
    append_words(about(option), margin_ + "// ", text_);
    std::string lines = in_quotes(option.name) + ": " + json_text(shown) + ",\n";
    const std::string start = margin_ + "// ";
    for (std::size_t at = 0; at < lines.size(); at = lines.find('\n', at) + 1) {
      lines.insert(at, start);
      at += start.size();
    }
    text_ += lines;
  }

  std::string value_text(const Option& option, const value& given) const {
    if (!given.is_object() || option.open()) return json_text(given, indent_);
    return "{\n" + Block(indent_ + 2).text(option.children, given.get_object()) + margin_ + "}";
  }

  void line(std::string_view key, const std::string& value) {
    text_ += margin_ + in_quotes(key) + ": " + value + ",\n";
  }

  std::size_t indent_;
  std::string margin_;
  std::string text_;
};

std::string draft_step_text(const StepDraft& step) {
  std::string text = "    {\n      \"stepType\": " + in_quotes(step.plugin->name) +
                     ",\n      \"name\": " + in_quotes(step.name) +
                     ",\n      \"category\": " + in_quotes(to_string(step.plugin->kind)) + ",\n";
  for (const auto* lines : {&step.remarks, &step.types})
    for (const std::string& line : *lines) text += "      // " + line + "\n";
  return text + "      \"parameter\": {\n" + Block(8).text(step.options(), step.parameter) + "      }\n    }";
}

object draft_step_json(const StepDraft& step) {
  return {{"stepType", step.plugin->name},
          {"name", step.name},
          {"category", to_string(step.plugin->kind)},
          {"parameter", step.parameter}};
}

object hop(const JobDraft& draft) { return {{"from", draft.reader.name}, {"to", draft.writer.name}}; }

}  // namespace

bool StepDraft::sets(const Option& option) const { return is_given(option, parameter); }

value proposed_value(const Option& option) {
  if (option.example) return *option.example;
  if (option.has(SLUICE_SECRET)) return value("${env:NAME}");
  if (option.default_value) return job::written_value(*option.default_value, option);
  const std::uint32_t types = option.types & ~SLUICE_ARRAY;
  if (types != 0) return job::written_value(made_up(option, types), option);
  value element = made_up(option, option.element_types);
  if (element.is_null() || (element.is_object() && element.get_object().empty())) return nullptr;
  return array{std::move(element)};
}

object JobDraft::script() const {
  return {{"type", "job"},
          {"version", "2.0"},
          {"steps", array{draft_step_json(reader), draft_step_json(writer)}},
          {"setting", setting},
          {"order", object{{"hops", array{hop(*this)}}}}};
}

std::string JobDraft::text() const {
  return "// From " + reader.plugin->name + " to " + writer.plugin->name +
         ". A parameter in a comment is not set: take its slashes away to set it.\n"
         "// `sluice check` tells what is wrong with a script, `sluice run` runs it.\n"
         "{\n  \"type\": \"job\",\n  \"version\": \"2.0\",\n  \"steps\": [\n" +
         draft_step_text(reader) + ",\n" + draft_step_text(writer) + "\n  ],\n  \"setting\": {\n" +
         Block(4).text(job::setting_table(), setting) + "  },\n  \"order\": {\"hops\": [" + json_line(hop(*this)) +
         "]}\n}\n";
}

}  // namespace sluice::cli
