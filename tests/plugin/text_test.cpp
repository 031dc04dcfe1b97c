// SPDX-License-Identifier: Apache-2.0
#include "plugin/text.hpp"

#include <boost/test/unit_test.hpp>

namespace sluice::plugin {

BOOST_AUTO_TEST_SUITE(text)

BOOST_AUTO_TEST_CASE(a_null_string_is_empty) { BOOST_TEST(view({nullptr, 7}).empty()); }

BOOST_AUTO_TEST_CASE(good_text_stays) { BOOST_TEST(clean_text("Größe 😀") == "Größe 😀"); }

BOOST_AUTO_TEST_CASE(each_broken_byte_is_replaced) {
  BOOST_TEST(clean_text("a\xFF\xC0z") == "a\uFFFD\uFFFDz");
  BOOST_TEST(clean_text("\xE2\x82") == "\uFFFD\uFFFD");
  BOOST_TEST(clean_text("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");  // a surrogate
}

BOOST_AUTO_TEST_CASE(long_text_is_cut_between_characters) {
  BOOST_TEST(clean_text("aßb", 2) == "a");
  BOOST_TEST(clean_text("aßb", 3) == "aß");
  BOOST_TEST(clean_text("\xFF\xFF", 4) == "\uFFFD");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sluice::plugin
