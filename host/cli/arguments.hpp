// SPDX-License-Identifier: Apache-2.0
//
// What a command takes on the command line, and its help.
//
//   Arguments arguments({.command = "check", .synopsis = "JOB", ...});
//   arguments.add()("strict", po::bool_switch(&strict), "unknown keys are errors");
//   if (auto code = arguments.parse(given, console)) return *code;
//   arguments.positional(0)
#pragma once

#include <boost/program_options/options_description.hpp>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/console.hpp"

namespace sluice::cli {

struct Usage {
  std::string command;      // "check"
  std::string synopsis;     // "JOB"; what stands outside of options
  std::string description;  // a sentence or two
  std::string notes;        // below the options
  std::string example;      // one command line
  std::size_t least = 0;    // words outside of options
  std::size_t most = 0;
};

// An option as it stands on the command line.
struct GivenOption {
  std::string name;                // the long one
  std::vector<std::string> words;  // as typed
};

class Arguments {
 public:
  explicit Arguments(Usage usage);

  boost::program_options::options_description_easy_init add() { return options_.add_options(); }

  // Fills in what the options point at. Nothing when the command can go on; else its exit code: help was shown or
  // the command line is wrong.
  std::optional<int> parse(std::span<const std::string> given, Console& console);

  const std::vector<std::string>& positional() const { return positional_; }
  const std::vector<GivenOption>& given() const { return given_; }
  std::string help() const;

 private:
  // What is wrong, empty when nothing is.
  std::string read(std::span<const std::string> given);
  std::string count_problem() const;
  std::vector<std::string> option_names() const;

  Usage usage_;
  boost::program_options::options_description options_;
  std::vector<std::string> positional_;
  std::vector<GivenOption> given_;
  bool help_ = false;
};

// "sluice: unknown command 'chek' (did you mean "check"?)" and the way to the help, on the error stream; answers 2.
int wrong_use(Console& console, const std::string& what, const std::string& command = {});

}  // namespace sluice::cli
