// SPDX-License-Identifier: Apache-2.0
#include "cli/console.hpp"

#include <boost/test/unit_test.hpp>
#include <sstream>

using namespace sluice::cli;

BOOST_AUTO_TEST_SUITE(console_test)

BOOST_AUTO_TEST_CASE(lines_stay_above_the_live_line) {
  std::ostringstream out, err;
  Console console({&out}, {&err, true, false, 80});
  console.live("1 record");
  console.tell("a warning");
  console.live("");
  BOOST_TEST(err.str() == "1 record\r\x1b[Ka warning\n1 record\r\x1b[K");
  BOOST_TEST(out.str().empty());
}

BOOST_AUTO_TEST_CASE(a_live_line_never_wraps) {
  std::ostringstream out, err;
  Console console({&out}, {&err, true, false, 5});
  console.live("1234567");
  BOOST_TEST(err.str() == "123…");
}

BOOST_AUTO_TEST_CASE(ends_every_line_once) {
  std::ostringstream out, err;
  Console console({&out}, {&err});
  console.tell("a");
  console.tell("b\n");
  console.tell("");
  BOOST_TEST(err.str() == "a\nb\n");
}

BOOST_AUTO_TEST_CASE(paints_only_where_there_is_colour) {
  Device plain, colourful{nullptr, true, true, 80};
  BOOST_TEST(paint(plain, Style::bad, "x") == "x");
  BOOST_TEST(paint(colourful, Style::bad, "x") == "\x1b[1;31mx\x1b[0m");
  BOOST_TEST(paint(colourful, Style::plain, "x") == "x");
}

BOOST_AUTO_TEST_CASE(tells_when_output_is_lost) {
  std::ostringstream out, err;
  Console console({&out}, {&err});
  BOOST_TEST(console.print("x"));
  out.setstate(std::ios::badbit);
  BOOST_TEST(!console.print("x"));
}

BOOST_AUTO_TEST_SUITE_END()
