// SPDX-License-Identifier: Apache-2.0
#include "engine/fixed_text.hpp"

#include <boost/test/unit_test.hpp>

namespace engine = sluice::engine;

BOOST_AUTO_TEST_SUITE(fixed_text_test)

BOOST_AUTO_TEST_CASE(cuts_behind_the_first_colon) {
  BOOST_TEST(engine::fixed_text("not a number: 12x") == "not a number");
  BOOST_TEST(engine::fixed_text("not a number: a: b") == "not a number");
  BOOST_TEST(engine::fixed_text("refused:\nsecret") == "refused");
  BOOST_TEST(engine::fixed_text("at 12:30 the server left") == "at 12:30 the server left");
}

BOOST_AUTO_TEST_CASE(hides_what_is_quoted) {
  BOOST_TEST(engine::fixed_text("Duplicate entry 'a b' for key 'id'") == "Duplicate entry '...' for key '...'");
  BOOST_TEST(engine::fixed_text("value \"300\" is out of range") == "value \"...\" is out of range");
  BOOST_TEST(engine::fixed_text("value 'it's 7' is odd") == "value '...' is odd");
}

BOOST_AUTO_TEST_CASE(an_open_quote_hides_the_rest) {
  BOOST_TEST(engine::fixed_text("bad value 'abc") == "bad value '...'");
}

BOOST_AUTO_TEST_CASE(leaves_apostrophes_alone) {
  BOOST_TEST(engine::fixed_text("the value doesn't fit the column's type") ==
             "the value doesn't fit the column's type");
  BOOST_TEST(engine::fixed_text("") == "");
}

BOOST_AUTO_TEST_SUITE_END()
