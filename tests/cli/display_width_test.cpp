// SPDX-License-Identifier: Apache-2.0
#include "cli/display_width.hpp"

#include <boost/test/unit_test.hpp>

namespace sluice::cli {
BOOST_AUTO_TEST_SUITE(display_width_test)

BOOST_AUTO_TEST_CASE(characters_have_their_width) {
  BOOST_TEST(display_width("") == 0u);
  BOOST_TEST(display_width("abc") == 3u);
  BOOST_TEST(display_width("äß€") == 3u);
  BOOST_TEST(display_width("表日") == 4u);
  BOOST_TEST(display_width("😀") == 2u);
  BOOST_TEST(display_width("e\u0301") == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_cut_ends_in_dots) {
  BOOST_TEST(cut_to_width("abc", 3) == "abc");
  BOOST_TEST(cut_to_width("abcd", 3) == "ab…");
  BOOST_TEST(cut_to_width("表日本", 5) == "表日…");
  BOOST_TEST(cut_to_width("表日本", 4) == "表…");  // half a character is none
  BOOST_TEST(cut_to_width("äöü", 3) == "äöü");
  BOOST_TEST(cut_to_width("abc", 1) == "…");
  BOOST_TEST(cut_to_width("abc", 0) == "");
}

BOOST_AUTO_TEST_CASE(blanks_fill_up) {
  BOOST_TEST(padded("表", 4) == "表  ");
  BOOST_TEST(padded("7", 3, true) == "  7");
  BOOST_TEST(padded("long", 2) == "long");
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::cli
