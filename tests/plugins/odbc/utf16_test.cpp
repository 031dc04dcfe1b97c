// SPDX-License-Identifier: Apache-2.0
#include "odbc/utf16.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice::odbc;

BOOST_AUTO_TEST_SUITE(utf16)

BOOST_AUTO_TEST_CASE(texts_come_back) {
  for (const std::string_view text : {std::string_view(""), std::string_view("a"), std::string_view("aé€😀z"),
                                      std::string_view("\0x\0", 3), std::string_view("\xEF\xBF\xBF\xF4\x8F\xBF\xBF")}) {
    const auto units = wide(text);
    BOOST_TEST(units.back() == 0);
    BOOST_TEST(narrow_text(units.data(), units.size() - 1) == text);
    BOOST_TEST(utf8_size(units.data(), units.size() - 1) == text.size());
  }
}

BOOST_AUTO_TEST_CASE(emoji_are_two_units) { BOOST_TEST(wide("😀").size() == 3u); }

BOOST_AUTO_TEST_CASE(lone_surrogates_are_no_text) {
  const std::vector<std::vector<SQLWCHAR>> bad = {{0xD83D}, {0xDE00}, {0xD83D, 'x'}, {'x', 0xDE00, 0xD83D}};
  for (const auto& units : bad) {
    std::string out(most_utf8(units.size()), '\0');
    BOOST_TEST(write_utf8(units.data(), units.size(), out.data()) == -1);
    BOOST_TEST(narrow_text(units.data(), units.size()).find("\xEF\xBF\xBD") != std::string::npos);
  }
}

BOOST_AUTO_TEST_SUITE_END()
