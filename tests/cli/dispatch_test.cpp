// SPDX-License-Identifier: Apache-2.0
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <sstream>
#include <vector>

#include "cli/command.hpp"

using namespace sluice::cli;

namespace {

struct ConsoleInText {
  std::ostringstream out, err;
  Console console{{&out}, {&err}};
  int call(std::vector<std::string> given) { return dispatch(given, console); }
  bool printed(const std::string& text) const { return out.str().find(text) != std::string::npos; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(dispatch_test, ConsoleInText)

BOOST_AUTO_TEST_CASE(without_a_command_there_is_help_and_an_error) {
  BOOST_TEST(call({}) == 2);
  BOOST_TEST(out.str().empty());
  BOOST_TEST(err.str().find("Commands:") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(help_names_every_command) {
  for (const char* word : {"-h", "--help", "help"}) {
    out.str("");
    BOOST_TEST(call({word}) == 0);
    for (const Command& command : commands()) BOOST_TEST(printed("\n  " + std::string(command.name) + " "));
  }
}

BOOST_AUTO_TEST_CASE(every_command_has_help_with_an_example) {
  for (const Command& command : commands()) {
    std::string name(command.name);
    for (const auto& given : {std::vector<std::string>{name, "-h"}, {"help", name}}) {
      out.str("");
      BOOST_TEST(call(given) == 0);
      BOOST_TEST(printed("sluice " + name));
      BOOST_TEST(printed("\nExample:\n  sluice " + name));
    }
  }
  BOOST_TEST(err.str().empty());
}

BOOST_AUTO_TEST_CASE(unknown_commands_get_a_suggestion) {
  BOOST_TEST(call({"chek"}) == 2);
  BOOST_TEST(err.str() == "sluice: unknown command 'chek' (did you mean \"check\"?)\nRun 'sluice -h' for help.\n");
  err.str("");
  BOOST_TEST(call({"--nothing"}) == 2);
  BOOST_TEST(err.str() == "sluice: unknown option '--nothing'\nRun 'sluice -h' for help.\n");
}

BOOST_AUTO_TEST_CASE(version_is_text_and_json) {
  BOOST_TEST(call({"--version"}) == 0);
  BOOST_TEST(out.str().starts_with("sluice "));
  out.str("");
  BOOST_TEST(call({"version", "--json"}) == 0);
  boost::json::value version = boost::json::parse(out.str());
  for (const char* key : {"version", "abi", "boost", "compiler"}) BOOST_TEST(version.as_object().contains(key));
}

BOOST_AUTO_TEST_CASE(lost_output_is_an_error) {
  out.setstate(std::ios::badbit);
  BOOST_TEST(call({"version"}) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
