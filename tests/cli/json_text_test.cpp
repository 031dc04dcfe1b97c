// SPDX-License-Identifier: Apache-2.0
#include "cli/json_text.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

using namespace sluice::cli;

BOOST_AUTO_TEST_SUITE(json_text_test)

std::string written(const std::string& text) { return json_text(boost::json::parse(text)); }

BOOST_AUTO_TEST_CASE(what_fits_on_a_line_stays_there) {
  BOOST_TEST(written(R"({"a":[1,"x",null],"b":{}})") == R"({"a": [1, "x", null], "b": {}})");
  BOOST_TEST(written("[]") == "[]");
}

BOOST_AUTO_TEST_CASE(what_does_not_is_broken) {
  const std::string word(60, 'x');
  BOOST_TEST(written("{\"a\":[\"" + word + "\",{\"b\":1}],\"c\":\"" + word + "\"}") ==
             "{\n  \"a\": [\"" + word + "\", {\"b\": 1}],\n  \"c\": \"" + word + "\"\n}");
  BOOST_TEST(written("[[\"" + word + "\",\"" + word + "\"]]") ==
             "[\n  [\n    \"" + word + "\",\n    \"" + word + "\"\n  ]\n]");
}

BOOST_AUTO_TEST_CASE(inside_of_other_text) {
  const std::string word(90, 'x');
  BOOST_TEST(json_text(boost::json::parse("{\"a\":\"" + word + "\"}"), 4) == "{\n      \"a\": \"" + word + "\"\n    }");
}

BOOST_AUTO_TEST_CASE(numbers_are_short_and_exact) {
  BOOST_TEST(written("[0.02, 2.0, 1e300, -7, 18446744073709551615]") == "[0.02, 2, 1e+300, -7, 18446744073709551615]");
}

BOOST_AUTO_TEST_CASE(texts_are_escaped) { BOOST_TEST(written(R"({"a\"b":"\n\\"})") == R"({"a\"b": "\n\\"})"); }

BOOST_AUTO_TEST_SUITE_END()
