// SPDX-License-Identifier: Apache-2.0
#include <boost/json/array.hpp>
#include <boost/program_options/value_semantic.hpp>

#include "cli/ask_stores.hpp"
#include "cli/command.hpp"
#include "cli/complete_draft.hpp"
#include "cli/output_file.hpp"
#include "cli/resolve_text.hpp"
#include "engine/summary.hpp"

namespace sluice::cli {
namespace {

namespace po = boost::program_options;
namespace exit_code = engine::exit_code;

constexpr const char* template_notes =
    "What a job needs is set, to examples where nothing better is known; all other parameters stand beside it as\n"
    "comments, with what they mean. The script passes 'check --offline' as it is.\n\n"
    "With --connect the source is asked: its columns are listed, its key becomes splitPk. With parameters of the "
    "writer\n"
    "the destination is asked, too: comments show every column's type in the source, on the way and in the\n"
    "destination, and the CREATE TABLE by which 'run --create-table' makes a table that is missing. Nothing is "
    "changed.\n\n"
    "Exit codes: 0 the script is written and has no errors; 1 it could not be written; 2 wrong use, or a script with\n"
    "problems to look at, which is written all the same; 75 a store cannot be reached now.";

struct TemplateOptions {
  OutputFile output;
  PluginDirectories directories;
  DataSourceOptions data_sources;
  std::vector<std::string> reader, writer;
  std::string table;
  bool connect = false;

  void add_to(Arguments& arguments) {
    arguments.add()("reader,r", po::value(&reader)->value_name("NAME=VALUE"),
                    "a parameter of the reader, such as table=orders; may be repeated")(
        "writer,w", po::value(&writer)->value_name("NAME=VALUE"), "a parameter of the writer; may be repeated")(
        "connect", po::bool_switch(&connect), "ask the stores for columns, types and keys")(
        "from-table", po::value(&table)->value_name("TABLE"), "the table to read; asks the stores for it");
    output.add_to(arguments);
    directories.add_to(arguments);
    data_sources.add_to(arguments);
  }

  std::string problem() const {
    std::string what = output.problem();
    return what.empty() ? directories.problem() : what;
  }
};

// "there are: file, sqlite"
std::string installed_names(plugin::Kind kind, plugin::Catalogue& catalogue) {
  std::string names;
  for (const plugin::Entry& entry : catalogue.listing().entries)
    if (entry.plugin.kind == kind && entry.shadowed_by.empty())
      names += (names.empty() ? "" : ", ") + entry.plugin.name;
  return names.empty() ? "there are none" : "there are: " + names;
}

const plugin::Plugin* plugin_named(plugin::Kind kind, const std::string& name, plugin::Catalogue& catalogue,
                                   Console& console) {
  const auto found = catalogue.find(kind, name);
  if (found) return *found;
  const plugin::Missing& missing = found.error();
  std::string text = missing.message + (missing.advice.empty() ? "" : " (" + missing.advice + ")");
  console.tell(paint(console.error(), Style::bad, "sluice template: ") + text + "; " +
               installed_names(kind, catalogue));
  return nullptr;
}

// The last part of "shop.orders": schemas are the store's own.
std::string without_schema(const std::string& table) {
  const std::size_t dot = table.rfind('.');
  return dot == std::string::npos || table.find_first_of("\"`[") != std::string::npos ? table : table.substr(dot + 1);
}

// What is not given and can be: the table, under its name on both sides, and all of its columns.
void prepare_to_ask(const std::string& table, JobDraft& draft) {
  if (!table.empty()) draft.reader.parameter["table"] = table;
  for (StepDraft* step : {&draft.reader, &draft.writer}) {
    const bool reads = step == &draft.reader;
    if (!table.empty() && !reads && step->options().find("table") != nullptr)
      step->parameter.emplace("table", without_schema(table));
    const job::Option* list = step->options().column_list();
    const bool takes_all = list != nullptr && (list->element_types & SLUICE_STRING) != 0;
    if (takes_all && !step->parameter.contains("querySql"))
      step->parameter.emplace(list->name, boost::json::array{"*"});
  }
}

// Values as on the command line of `run --set`: JSON, else text.
void set_parameters(const std::vector<std::string>& given, StepDraft& step, job::Problems& problems) {
  auto document = job::Document::parse("{}", problems);
  for (const std::string& assignment : given) document->override_value(assignment, problems);
  step.parameter = document->root().as_object();
}

// They are about a script that nobody has seen.
job::Problems without_positions(const job::Problems& problems) {
  job::Problems result;
  for (job::Problem problem : problems.sorted()) {
    problem.position = {};
    result.add(std::move(problem));
  }
  return result;
}

// Nothing when the draft is as complete as it can be, else the exit code.
std::optional<int> fill(JobDraft& draft, const TemplateOptions& options, const Drafting& drafting,
                        job::Problems& problems) {
  const bool asks = options.connect || !options.table.empty();
  if (!options.table.empty() && draft.reader.options().find("table") == nullptr) {
    problems.add({.text = "the reader has no tables: " + draft.reader.plugin->name,
                  .advice = "name what to read with -r, and use --connect for --from-table"});
    return exit_code::wrong_use;
  }
  if (asks) prepare_to_ask(options.table, draft);
  complete(draft, drafting);
  if (!asks) return {};
  if (auto code = ask_source(draft, drafting, problems)) return code;
  if (options.writer.empty()) return {};
  return ask_target(draft, drafting, problems);
}

}  // namespace

int template_command(Given given, Console& console) {
  TemplateOptions options;
  Arguments arguments({.command = "template",
                       .synopsis = "READER WRITER",
                       .description = "Writes a job script to start from, for a reader and a writer by their names.",
                       .notes = template_notes,
                       .example = "sluice template file postgresql --output job.json",
                       .least = 2,
                       .most = 2});
  options.add_to(arguments);
  if (auto code = arguments.parse(given, console)) return *code;
  if (std::string what = options.problem(); !what.empty()) return wrong_use(console, what, "template");
  auto log = make_log({}, console);
  if (!log) return wrong_use(console, log.error().text, "template");

  plugin::Catalogue catalogue = options.directories.catalogue();
  JobDraft draft;
  draft.reader = {plugin_named(plugin::Kind::reader, arguments.positional()[0], catalogue, console), "Reader", {}, {}};
  draft.writer = {plugin_named(plugin::Kind::writer, arguments.positional()[1], catalogue, console), "Writer", {}, {}};
  if (draft.reader.plugin == nullptr || draft.writer.plugin == nullptr) return exit_code::wrong_use;
  job::Problems problems;
  set_parameters(options.reader, draft.reader, problems);
  set_parameters(options.writer, draft.writer, problems);
  tell_problems(problems, "template", console);
  if (problems.has_errors()) return exit_code::wrong_use;

  const Drafting drafting{catalogue, **log, options.data_sources, options.output.name("<template>")};
  const auto failed = fill(draft, options, drafting, problems);
  tell_problems(without_positions(problems), "template", console);
  if (failed) return *failed;
  const std::string text = draft.text();
  if (!options.output.write(text, console)) return exit_code::failed;
  const ReadJob read = resolve_text(text, drafting.file, catalogue, **log, options.data_sources);
  tell_problems(read.problems, read.file, console);
  return read.problems.has_errors() ? exit_code::wrong_use : exit_code::done;
}

}  // namespace sluice::cli
