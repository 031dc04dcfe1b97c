// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.hpp"

#include <boost/program_options/value_semantic.hpp>
#include <boost/test/unit_test.hpp>
#include <sstream>

using namespace sluice::cli;
namespace po = boost::program_options;

namespace {

struct GivenArguments {
  std::ostringstream out, err;
  Console console{{&out}, {&err}};
  bool strict = false;
  std::vector<std::string> set;
  std::string summary;
  Arguments arguments{{.command = "run",
                       .synopsis = "JOB",
                       .description = "Runs a job.",
                       .notes = "",
                       .example = "sluice run job.json",
                       .least = 1,
                       .most = 1}};

  GivenArguments() {
    arguments.add()("strict", po::bool_switch(&strict), "unknown keys are errors")(
        "set", po::value(&set)->value_name("PATH=VALUE"), "replaces a value")(
        "summary", po::value(&summary)->value_name("FILE"), "writes the summary");
  }
  std::optional<int> parse(std::vector<std::string> given) { return arguments.parse(given, console); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(arguments_test, GivenArguments)

BOOST_AUTO_TEST_CASE(reads_options_anywhere) {
  BOOST_TEST(!parse({"--set", "a=1", "job.json", "--strict", "--set=b=2"}));
  BOOST_TEST(strict);
  BOOST_TEST(set == (std::vector<std::string>{"a=1", "b=2"}), boost::test_tools::per_element());
  BOOST_TEST(arguments.positional().at(0) == "job.json");
}

BOOST_AUTO_TEST_CASE(a_dash_is_a_word) {
  BOOST_TEST(!parse({"-", "--summary", "-"}));
  BOOST_TEST(arguments.positional().at(0) == "-");
  BOOST_TEST(summary == "-");
}

BOOST_AUTO_TEST_CASE(unknown_options_get_a_suggestion) {
  BOOST_TEST(parse({"job.json", "--sumary", "x"}).value() == 2);
  BOOST_TEST(err.str() ==
             "sluice run: unknown option '--sumary' (did you mean \"--summary\"?)\nRun 'sluice run -h' for help.\n");
}

BOOST_AUTO_TEST_CASE(no_option_is_guessed) {
  BOOST_TEST(parse({"job.json", "--stri"}).value() == 2);
  BOOST_TEST(err.str().find("unknown option '--stri'") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(counts_words) {
  BOOST_TEST(parse({}).value() == 2);
  BOOST_TEST(err.str() == "sluice run: JOB is missing\nRun 'sluice run -h' for help.\n");
  err.str("");
  BOOST_TEST(parse({"a", "b"}).value() == 2);
  BOOST_TEST(err.str() == "sluice run: unexpected word 'b'\nRun 'sluice run -h' for help.\n");
}

BOOST_AUTO_TEST_CASE(options_are_known_as_they_were_typed) {
  BOOST_TEST(!parse({"--set", "a=1", "job.json", "--summary=x", "--strict"}));
  std::string typed;
  for (const GivenOption& option : arguments.given()) {
    typed += option.name + ":";
    for (const std::string& word : option.words) typed += " " + word;
    typed += ";";
  }
  BOOST_TEST(typed == "set: --set a=1;summary: --summary=x;strict: --strict;");
}

BOOST_AUTO_TEST_CASE(values_are_wanted) {
  BOOST_TEST(parse({"job.json", "--set"}).value() == 2);
  BOOST_TEST(err.str().find("--set") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(help_shows_everything) {
  BOOST_TEST(parse({"-h"}).value() == 0);
  for (const char* part : {"sluice run JOB [options]", "Runs a job.", "--set PATH=VALUE", "--strict", "--help",
                           "Example:\n  sluice run job.json"}) {
    BOOST_TEST(out.str().find(part) != std::string::npos, part << " is missing in " << out.str());
  }
  BOOST_TEST(err.str().empty());
}

BOOST_AUTO_TEST_SUITE_END()
