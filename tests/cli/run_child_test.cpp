// SPDX-License-Identifier: Apache-2.0
#include "cli/run_child.hpp"

#include <signal.h>

#include <boost/test/unit_test.hpp>

using namespace sluice::cli;

// The child is this very program: the test runner, which says on its error stream that it does not know an option.
BOOST_AUTO_TEST_SUITE(run_child_test)

BOOST_AUTO_TEST_CASE(hands_over_the_lines_of_the_error_stream_and_the_exit_code) {
  auto child = RunChild::start({"--run_test=no_such_suite"});
  BOOST_REQUIRE(child);
  std::string lines;
  const int code = (*child)->finish([&](std::string_view line) { lines.append(line).append("|"); });
  BOOST_TEST(code != 0);
  BOOST_TEST(lines.find('|') != std::string::npos);
  BOOST_TEST(lines.find('\n') == std::string::npos);
  (*child)->signal(SIGTERM);  // to nobody
}

BOOST_AUTO_TEST_CASE(an_object_that_goes_takes_its_process_along) {
  auto child = RunChild::start({"--list_content"});
  BOOST_REQUIRE(child);
  child->reset();
}

BOOST_AUTO_TEST_CASE(a_signal_is_an_exit_code_beyond_128) {
  auto child = RunChild::start({"--wait_for_debugger"});
  BOOST_REQUIRE(child);
  (*child)->signal(SIGKILL);
  BOOST_TEST((*child)->finish([](std::string_view) {}) == 128 + SIGKILL);
}

BOOST_AUTO_TEST_SUITE_END()
