// SPDX-License-Identifier: Apache-2.0
#include "job/coerce.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "sluice/plugin.h"

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(coerce_test)

// The result as JSON, "-" for none.
std::string coerced(const std::string& json, std::uint32_t types) {
  auto result = coerce(boost::json::parse(json), json, types);
  return result ? boost::json::serialize(*result) : "-";
}

BOOST_AUTO_TEST_CASE(to_integers) {
  BOOST_TEST(coerced("3", SLUICE_INTEGER) == "3");
  BOOST_TEST(coerced("\"3\"", SLUICE_INTEGER) == "3");
  BOOST_TEST(coerced("\" -3 \"", SLUICE_INTEGER) == "-3");
  BOOST_TEST(coerced("3.0", SLUICE_INTEGER) == "3");
  BOOST_TEST(coerced("\"1e3\"", SLUICE_INTEGER) == "1000");
  BOOST_TEST(coerced("\"9223372036854775807\"", SLUICE_INTEGER) == "9223372036854775807");
  for (const char* wrong :
       {"3.5", "\"12x\"", "\"x\"", "true", "9223372036854775808", "1e300", "\"9223372036854775808\"", "\"inf\"",
        "\"nan\"", "9007199254740994.0", "\"0x10\"", "\"1 2\"", "[]", "{}", "null"}) {
    BOOST_TEST(coerced(wrong, SLUICE_INTEGER) == "-", wrong);
  }
}

BOOST_AUTO_TEST_CASE(to_numbers) {
  BOOST_TEST(coerced("\"0.5\"", SLUICE_NUMBER) == "5E-1");
  BOOST_TEST(coerce(boost::json::value(3), "3", SLUICE_NUMBER)->get_double() == 3.0);
  BOOST_TEST(coerced("9007199254740993", SLUICE_NUMBER) == "9007199254740993");
  BOOST_TEST(coerced("\"1.2.3\"", SLUICE_NUMBER) == "-");
  BOOST_TEST(coerced("false", SLUICE_NUMBER) == "-");
}

BOOST_AUTO_TEST_CASE(to_booleans) {
  BOOST_TEST(coerced("\"false\"", SLUICE_BOOLEAN) == "false");
  BOOST_TEST(coerced("\"TRUE\"", SLUICE_BOOLEAN) == "true");
  BOOST_TEST(coerced("\"yes\"", SLUICE_BOOLEAN) == "-");
  BOOST_TEST(coerced("1", SLUICE_BOOLEAN) == "-");
}

BOOST_AUTO_TEST_CASE(to_strings_with_the_digits_as_written) {
  BOOST_TEST(coerced("12.30", SLUICE_STRING) == "\"12.30\"");
  BOOST_TEST(coerced("123456789012345678901234567890", SLUICE_STRING) == "\"123456789012345678901234567890\"");
  BOOST_TEST(coerced("true", SLUICE_STRING) == "\"true\"");
  BOOST_TEST(coerced("[1]", SLUICE_STRING) == "-");
}

BOOST_AUTO_TEST_CASE(to_sizes_and_durations) {
  BOOST_TEST(coerced("\"4MiB\"", SLUICE_BYTES) == "4194304");
  BOOST_TEST(coerced("4096", SLUICE_BYTES) == "4096");
  BOOST_TEST(coerced("-1", SLUICE_BYTES) == "-");
  BOOST_TEST(coerced("30", SLUICE_DURATION) == "30000");
  BOOST_TEST(coerced("0.5", SLUICE_DURATION) == "500");
  BOOST_TEST(coerced("1e2", SLUICE_DURATION) == "100000");
  BOOST_TEST(coerced("\"250ms\"", SLUICE_DURATION) == "250");
  BOOST_TEST(coerced("\"250 moments\"", SLUICE_DURATION) == "-");
}

BOOST_AUTO_TEST_CASE(the_own_type_comes_first) {
  BOOST_TEST(coerced("\"12\"", SLUICE_STRING | SLUICE_INTEGER) == "\"12\"");
  BOOST_TEST(coerced("12", SLUICE_STRING | SLUICE_INTEGER) == "12");
  BOOST_TEST(coerced("12", SLUICE_STRING | SLUICE_BYTES) == "12");
}

BOOST_AUTO_TEST_CASE(shows_values_briefly) {
  BOOST_TEST(shown(boost::json::parse("\"12x\"")) == "\"12x\"");
  BOOST_TEST(shown(boost::json::parse("[1]")) == "an array");
  BOOST_TEST(shown(boost::json::parse("null")) == "null");
  std::string umlauts;
  for (int i = 0; i < 100; ++i) umlauts += "\xC3\xA4";
  std::string text = shown(boost::json::value(umlauts));
  BOOST_TEST(text.size() < 70u);
  BOOST_TEST(text.ends_with("\xA4...\""));
}

BOOST_AUTO_TEST_SUITE_END()
