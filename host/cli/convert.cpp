// SPDX-License-Identifier: Apache-2.0
#include "job/convert.hpp"

#include "cli/command.hpp"
#include "cli/json_text.hpp"
#include "cli/output_file.hpp"
#include "cli/resolve_text.hpp"
#include "engine/summary.hpp"
#include "job/script_file.hpp"

namespace sluice::cli {
namespace {

namespace exit_code = engine::exit_code;

constexpr const char* convert_notes =
    "The error stream lists, at their places in the old script, what has no equivalent or changes its meaning, and\n"
    "then the problems of the new one, as 'check --offline' finds them. Nothing that would change the records is\n"
    "dropped: a transformer becomes a processor step of its name, which is refused where there is no such plugin.\n\n"
    "Exit codes: 0 the new script is written and has no errors; 1 it could not be written; 2 the old one is no script\n"
    "to convert, or the new one was written and has problems to look at.";

std::string shown_name(const std::string& file) { return file == "-" ? "<stdin>" : file; }

// The new script; nothing when there is none, and then `said` says why.
std::optional<std::string> converted(const std::string& file, job::Problems& said) {
  auto old = job::read_script(file);
  if (!old) {
    said.add({.text = old.error()});
    return {};
  }
  auto document = job::Document::parse(std::move(*old), said);
  if (!document) return {};
  auto script = job::convert(*document, said);
  if (!script) return {};
  return json_text(*script) + '\n';
}

}  // namespace

int convert_command(Given given, Console& console) {
  OutputFile output;
  PluginDirectories directories;
  Arguments arguments({.command = "convert",
                       .synopsis = "SCRIPT",
                       .description = "Writes a DataX script, or a script of version 1.0, anew as a job script. "
                                      "SCRIPT is a file, or - for the\nstandard input.",
                       .notes = convert_notes,
                       .example = "sluice convert datax.json --output job.json",
                       .least = 1,
                       .most = 1});
  output.add_to(arguments);
  directories.add_to(arguments);
  if (auto code = arguments.parse(given, console)) return *code;
  for (const std::string& what : {output.problem(), directories.problem()})
    if (!what.empty()) return wrong_use(console, what, "convert");
  auto log = make_log({}, console);
  if (!log) return wrong_use(console, log.error().text, "convert");

  const std::string& file = arguments.positional().front();
  job::Problems said;
  auto script = converted(file, said);
  tell_problems(said, shown_name(file), console);
  if (!script) return exit_code::wrong_use;
  if (!output.write(*script, console)) return exit_code::failed;
  plugin::Catalogue catalogue = directories.catalogue();
  const ReadJob read = resolve_text(*script, output.name("<new script>"), catalogue, **log);
  tell_problems(read.problems, read.file, console);
  return read.problems.has_errors() ? exit_code::wrong_use : exit_code::done;
}

}  // namespace sluice::cli
