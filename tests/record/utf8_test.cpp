// SPDX-License-Identifier: Apache-2.0
#include "record/utf8.hpp"

#include "sample.hpp"

namespace sluice::record {
BOOST_AUTO_TEST_SUITE(utf8_test)

BOOST_AUTO_TEST_CASE(well_formed) {
  using namespace std::string_view_literals;
  for (const std::string_view text :
       {""sv, "a"sv, "plain text of more than eight bytes"sv, "größe"sv, "€"sv, "😀"sv, "\0"sv, "\xED\x9F\xBF"sv,
        "\xEE\x80\x80"sv, "\xF4\x8F\xBF\xBF"sv, "12345678€12345678"sv}) {
    BOOST_TEST(is_utf8(text), text);
  }
}

BOOST_AUTO_TEST_CASE(malformed) {
  for (const char* text :
       {"\x80", "\xC3", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", "\xFF", "12345678\x80", "\xE2\x82", "\xE2\x28\xA1"}) {
    BOOST_TEST(!is_utf8(text), text);
  }
}

BOOST_AUTO_TEST_CASE(characters_are_code_points) {
  BOOST_TEST(count_characters("") == 0);
  BOOST_TEST(count_characters("größe") == 5);
  BOOST_TEST(count_characters("😀€a") == 3);
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::record
