// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/program_options/value_semantic.hpp>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/option_rows.hpp"
#include "cli/plugin_directories.hpp"
#include "engine/summary.hpp"
#include "job/script_table.hpp"
#include "job/setting.hpp"

namespace sluice::cli {
namespace {

namespace po = boost::program_options;
using plugin::Kind;

// Something that has parameters.
struct Subject {
  std::string title;  // "file reader 1.0.0"
  std::string description;
  boost::json::object facts;  // for JSON
  job::OptionTable table;
};

struct Form {
  bool json = false;
  bool markdown = false;
};

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

Subject subject_of(const plugin::Plugin& plugin) {
  Subject subject;
  subject.title = plugin.name + ' ' + std::string(to_string(plugin.kind)) + ' ' + plugin.version;
  subject.description = plugin.description;
  if (!plugin.aliases.empty()) subject.description += "\nAlso called " + join(plugin.aliases) + ".";
  subject.description += "\n" + plugin.file.string();
  subject.facts = {{"name", plugin.name},
                   {"kind", to_string(plugin.kind)},
                   {"version", plugin.version},
                   {"description", plugin.description},
                   {"file", plugin.file.string()}};
  subject.table = plugin.options;
  return subject;
}

// What a script itself has, beside the parameters of its steps.
std::optional<Subject> part_of_script(const std::string& name) {
  if (name == "setting") return Subject{"setting", "How a job runs.", {{"name", name}}, job::setting_table()};
  if (name == "job") return Subject{"job", "The script as a whole.", {{"name", name}}, job::script_table()};
  return {};
}

std::string as_text(const Subject& subject, const Device& device) {
  OptionRows options = option_rows(subject.table);
  std::string text = paint(device, Style::bold, subject.title) + '\n' + subject.description + "\n\n";
  if (options.rows.size() > 1) text += table_text(options.rows, device.terminal ? device.width : 160);
  if (options.rows.size() == 1 && options.ignored.empty()) text += "  It takes no parameters.\n";
  if (!options.ignored.empty()) text += "\n  Accepted, without meaning here: " + join(options.ignored) + ".\n";
  return text;
}

std::string as_markdown(const Subject& subject) {
  OptionRows options = option_rows(subject.table, "`");
  std::string text = options.rows.size() > 1 ? table_markdown(options.rows) : "It takes no parameters.\n";
  if (!options.ignored.empty()) text += "\nAccepted, without meaning here: " + join(options.ignored) + ".\n";
  return text;
}

boost::json::object as_json(const Subject& subject) {
  boost::json::object object = subject.facts;
  object["parameters"] = options_json(subject.table);
  return object;
}

std::string rendered(const std::vector<Subject>& subjects, Form form, const Device& device) {
  if (form.json) {
    boost::json::array array;
    for (const Subject& subject : subjects) array.push_back(as_json(subject));
    return boost::json::serialize(array) + '\n';
  }
  std::string text;
  for (const Subject& subject : subjects) {
    if (!text.empty()) text += '\n';
    text += form.markdown ? as_markdown(subject) : as_text(subject, device);
  }
  return text;
}

std::string not_found(const std::string& name, const plugin::Missing& missing) {
  std::string text = "no plugin '" + name + "' was found";
  if (!missing.advice.empty()) text += " (" + missing.advice + ")";
  for (const std::string& line : missing.details) text += "\n  " + line;
  return text;
}

// Exit code, or what was found.
std::vector<Subject> find(const std::string& name, const std::string& kind, plugin::Catalogue& catalogue,
                          plugin::Missing& missing) {
  std::vector<Subject> found;
  for (Kind candidate : {Kind::reader, Kind::writer, Kind::processor}) {
    if (!kind.empty() && to_string(candidate) != kind) continue;
    auto plugin = catalogue.find(candidate, name);
    if (plugin) {
      found.push_back(subject_of(**plugin));
    } else if (missing.advice.empty()) {
      missing = plugin.error();
    }
  }
  return found;
}

bool is_kind(const std::string& kind) { return kind == "reader" || kind == "writer" || kind == "processor"; }

}  // namespace

int describe_command(Given given, Console& console) {
  Form form;
  std::string kind;
  PluginDirectories directories;
  Arguments arguments({.command = "describe",
                       .synopsis = "NAME",
                       .description = "Shows the parameters of the plugin NAME: of its reader, its writer or its "
                                      "processor.\nNAME can be 'setting' or 'job', too: the keys of the script itself.",
                       .notes = "",
                       .example = "sluice describe file --kind reader",
                       .least = 1,
                       .most = 1});
  directories.add_to(arguments);
  arguments.add()("kind", po::value(&kind)->value_name("KIND"), "only the reader, the writer or the processor")(
      "json", po::bool_switch(&form.json), "as JSON")("markdown", po::bool_switch(&form.markdown),
                                                      "as a table for a README");
  if (auto code = arguments.parse(given, console)) return *code;
  if (std::string what = directories.problem(); !what.empty()) return wrong_use(console, what, "describe");
  if (!kind.empty() && !is_kind(kind)) {
    return wrong_use(console, "--kind is reader, writer or processor, not '" + kind + "'", "describe");
  }
  const std::string& name = arguments.positional().front();
  std::vector<Subject> subjects;
  if (auto part = part_of_script(name)) {
    subjects.push_back(std::move(*part));
  } else {
    plugin::Catalogue catalogue = directories.catalogue();
    plugin::Missing missing;
    subjects = find(name, kind, catalogue, missing);
    if (subjects.empty()) {
      console.tell(paint(console.error(), Style::bad, "sluice describe: ") + not_found(name, missing));
      return engine::exit_code::wrong_use;
    }
  }
  bool printed = console.print(rendered(subjects, form, console.output()));
  return printed ? engine::exit_code::done : engine::exit_code::failed;
}

}  // namespace sluice::cli
