// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/program_options/value_semantic.hpp>

#include "cli/command.hpp"
#include "cli/data_source_options.hpp"
#include "cli/data_source_text.hpp"
#include "cli/job_request.hpp"
#include "cli/named_source.hpp"
#include "engine/ping.hpp"
#include "engine/summary.hpp"
#include "job/suggest.hpp"

namespace sluice::cli {
namespace {

namespace po = boost::program_options;
namespace exit_code = engine::exit_code;

constexpr const char* datasource_notes =
    "A file of data sources, datasources.json, names connections for many jobs. A step uses one as\n"
    "\"datasource\": \"NAME\"; what the step says itself stands above it.\n\n"
    "  {\"shop\": {\"type\": \"postgresql\", \"description\": \"what the shop sells\",\n"
    "            \"connection\": {\"host\": \"db.example.com\", \"database\": \"shop\", \"username\": \"reader\",\n"
    "                           \"password\": \"${env:SHOP_PASSWORD}\"},\n"
    "            \"profiles\": {\"dev\": {\"host\": \"localhost\"}}}}\n\n"
    "The fields are those of 'sluice describe' for that plugin which belong to its connection. A secret is best\n"
    "referred to: ${env:NAME}, ${file:PATH} (from the directory of the file) or ${command:...}, which needs\n"
    "--allow-command-secrets. Secrets are never shown, logged or kept.\n\n"
    "Exit codes: 0; of 'test': 0 it works, 1 it does not, 75 it does not now: a later try may help;\n"
    "2 wrong use, or problems in the file.";

struct Words {
  std::string verb, name;
};

struct SourceRequest {
  DataSourceOptions options;
  PluginDirectories directories;
  bool json = false;
};

int finish(Console& console, const std::string& text, const job::Problems& problems, int code) {
  tell_problems(problems, "sluice datasource", console);
  if (!console.print(text)) return exit_code::failed;
  return problems.has_errors() ? exit_code::wrong_use : code;
}

int list(const SourceRequest& request, Console& console) {
  job::DataSources sources = request.options.sources("");
  job::Problems problems;
  std::vector<job::DataSource> found;
  for (const std::string& name : sources.names(problems))
    if (auto source = sources.find(name, problems)) found.push_back(std::move(*source));
  const std::string text = request.json ? list_json(found) : list_text(found, sources, console.output());
  return finish(console, text, problems, exit_code::done);
}

int show(const std::string& name, const SourceRequest& request, Console& console) {
  job::DataSources sources = request.options.sources("");
  plugin::Catalogue catalogue = request.directories.catalogue();
  job::Secrets secrets({.resolve = false});
  job::Problems problems;
  const auto found = find_source(name, sources, catalogue, secrets, problems);
  std::string text;
  if (found) text = request.json ? source_json(*found) : source_text(*found, console.output());
  return finish(console, text, problems, exit_code::done);
}

// Which of the plugins of that name can test, where the one at hand cannot.
const plugin::Plugin& tester(const NamedSource& source, plugin::Catalogue& catalogue) {
  const auto has_ping = [](const plugin::Plugin& plugin) {
    return plugin.get_extension != nullptr && plugin.get_extension(SLUICE_EXT_PING) != nullptr;
  };
  if (has_ping(*source.plugin)) return *source.plugin;
  const auto writer = catalogue.find(plugin::Kind::writer, source.source.type);
  return writer && has_ping(**writer) ? **writer : *source.plugin;
}

int code_of(const plugin::Ping& ping, const job::Problems& problems) {
  if (problems.has_errors()) return exit_code::wrong_use;
  if (!ping.outcome) return ping.outcome.error().retryable() ? exit_code::failed_for_now : exit_code::failed;
  for (const plugin::PingStep& step : ping.steps)
    if (step.outcome == "failed") return exit_code::failed;
  return exit_code::done;
}

int test(const std::string& name, const SourceRequest& request, Console& console) {
  job::DataSources sources = request.options.sources("");
  plugin::Catalogue catalogue = request.directories.catalogue();
  job::Secrets secrets(request.options.secrets());
  job::Problems problems;
  auto found = find_source(name, sources, catalogue, secrets, problems);
  if (!found || problems.has_errors()) return finish(console, "", problems, exit_code::wrong_use);
  auto log = make_log({}, console);
  if (!log) return wrong_use(console, log.error().text, "datasource");
  const plugin::Ping ping =
      engine::ping(tester(*found, catalogue), std::make_shared<plugin::Parameters>(found->parameters()),
                   job::places_of(found->fields), **log, problems);
  const int code = code_of(ping, problems);
  return finish(console, request.json ? ping_json(*found, ping, code) : ping_text(*found, ping, console.output()),
                problems, code);
}

// What is wrong with the words; empty when nothing is.
std::string problem_of(const Words& words) {
  const std::vector<std::string> verbs{"list", "show", "test"};
  if (std::find(verbs.begin(), verbs.end(), words.verb) == verbs.end()) {
    const std::string meant = job::did_you_mean(words.verb, verbs);
    return "it is list, show or test, not '" + words.verb + "'" + (meant.empty() ? "" : " (" + meant + ")");
  }
  if (words.verb == "list") return words.name.empty() ? "" : "unexpected word '" + words.name + "'";
  return words.name.empty() ? "which data source? (sluice datasource " + words.verb + " NAME)" : "";
}

}  // namespace

int datasource_command(Given given, Console& console) {
  SourceRequest request;
  Arguments arguments({.command = "datasource",
                       .synopsis = "list | show NAME | test NAME",
                       .description =
                           "Lists the data sources, shows the fields of one, or tests its connection step by "
                           "step.",
                       .notes = datasource_notes,
                       .example = "sluice datasource test shop --profile dev",
                       .least = 1,
                       .most = 2});
  arguments.add()("json", po::bool_switch(&request.json), "as JSON");
  request.options.add_to(arguments);
  request.directories.add_to(arguments);
  if (auto code = arguments.parse(given, console)) return *code;
  const auto& positional = arguments.positional();
  const Words words{positional.front(), positional.size() > 1 ? positional[1] : ""};
  std::string what = problem_of(words);
  if (what.empty()) what = request.directories.problem();
  if (!what.empty()) return wrong_use(console, what, "datasource");
  if (words.verb == "list") return list(request, console);
  return words.verb == "show" ? show(words.name, request, console) : test(words.name, request, console);
}

}  // namespace sluice::cli
