// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.hpp"

#include <boost/program_options/errors.hpp>
#include <boost/program_options/parsers.hpp>
#include <boost/program_options/positional_options.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <boost/program_options/variables_map.hpp>
#include <sstream>

#include "engine/summary.hpp"
#include "job/suggest.hpp"

namespace sluice::cli {
namespace {

namespace po = boost::program_options;

constexpr unsigned help_width = 100;
constexpr const char* outside = "outside of options";

std::string with_advice(std::string text, const std::string& advice) {
  return advice.empty() ? text : text + " (" + advice + ")";
}

}  // namespace

Arguments::Arguments(Usage usage) : usage_(std::move(usage)), options_("Options", help_width, help_width / 2) {
  add()("help,h", po::bool_switch(&help_), "show this help");
}

std::string Arguments::help() const {
  std::ostringstream text;
  text << "sluice " << usage_.command << (usage_.synopsis.empty() ? "" : " ") << usage_.synopsis << " [options]\n\n"
       << usage_.description << "\n\n"
       << options_;
  if (!usage_.notes.empty()) text << '\n' << usage_.notes << '\n';
  text << "\nExample:\n  " << usage_.example << '\n';
  return text.str();
}

std::vector<std::string> Arguments::option_names() const {
  std::vector<std::string> names;
  for (const auto& option : options_.options()) names.push_back(option->long_name());
  return names;
}

std::string Arguments::count_problem() const {
  if (positional_.size() > usage_.most) return "unexpected word '" + positional_[usage_.most] + "'";
  if (positional_.size() < usage_.least)
    return positional_.empty() ? usage_.synopsis + " is missing"
                               : usage_.synopsis + " is wanted, and there is only '" + positional_.back() + "'";
  return "";
}

std::string Arguments::read(std::span<const std::string> given) {
  po::options_description all;
  all.add(options_).add_options()(outside, po::value(&positional_));
  po::positional_options_description words;
  words.add(outside, -1);
  int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  try {
    po::variables_map values;
    const auto parsed =
        po::command_line_parser({given.begin(), given.end()}).options(all).positional(words).style(style).run();
    for (const po::option& option : parsed.options)
      if (option.position_key < 0) given_.push_back({option.string_key, option.original_tokens});
    po::store(parsed, values);
    po::notify(values);
  } catch (const po::unknown_option& error) {
    std::string typed = error.get_option_name();
    std::string_view word = typed;
    word.remove_prefix(std::min(word.find_first_not_of('-'), word.size()));
    std::vector<std::string> known = option_names();
    auto meant = job::suggest(word, known);
    return with_advice("unknown option '" + typed + "'", meant ? "did you mean \"--" + *meant + "\"?" : "");
  } catch (const po::error& error) {
    return error.what();
  }
  return help_ ? "" : count_problem();
}

std::optional<int> Arguments::parse(std::span<const std::string> given, Console& console) {
  if (std::string what = read(given); !what.empty()) return wrong_use(console, what, usage_.command);
  if (!help_) return {};
  return console.print(help()) ? engine::exit_code::done : engine::exit_code::failed;
}

int wrong_use(Console& console, const std::string& what, const std::string& command) {
  std::string program = command.empty() ? "sluice" : "sluice " + command;
  console.tell(paint(console.error(), Style::bad, program + ": ") + what + "\nRun '" + program + " -h' for help.");
  return engine::exit_code::wrong_use;
}

}  // namespace sluice::cli
