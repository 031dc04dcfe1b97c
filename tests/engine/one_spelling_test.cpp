// SPDX-License-Identifier: Apache-2.0
#include "engine/one_spelling.hpp"

#include <boost/test/unit_test.hpp>

namespace sluice::engine {

BOOST_AUTO_TEST_SUITE(one_spelling_test)

BOOST_AUTO_TEST_CASE(json) {
  BOOST_TEST(one_spelling("json", R"( {"b": [1, {"y":2, "x":"\u00e9"}], "a":null} )") ==
             one_spelling("json", R"({"a":null,"b":[1,{"x":"é","y":2}]})"));
  BOOST_TEST(one_spelling("json", R"({"a":1})") != one_spelling("json", R"({"a":2})"));
  BOOST_TEST(one_spelling("json", "[1, 2]") != one_spelling("json", "[2, 1]"));
  BOOST_TEST(one_spelling("json", "{no json") == "{no json");
  BOOST_TEST(one_spelling("json", R"(["\\", "\"1", 1])") == one_spelling("json", R"(["\u005c","\u00221",1.0])"));
}

BOOST_AUTO_TEST_CASE(numbers_of_json) {
  for (const char* same : {"[1.5]", "[ 1.50 ]", "[15e-1]", "[0.15E+1]"})
    BOOST_TEST(one_spelling("json", same) == one_spelling("json", "[1.5]"), same);
  BOOST_TEST(one_spelling("json", R"({"a":10000000000000000000000})") == one_spelling("json", R"({"a":1e22})"));
  BOOST_TEST(one_spelling("json", R"({"a":0.12345678901234567891})") != one_spelling("json", R"({"a":0.12345678901234567892})"));
  BOOST_TEST(one_spelling("json", "123456789012345678901") != one_spelling("json", "123456789012345678902"));
  BOOST_TEST(one_spelling("json", "-1") != one_spelling("json", "1"));
  BOOST_TEST(one_spelling("json", R"("1")") != one_spelling("json", "1"));
  BOOST_TEST(one_spelling("json", R"("01")") != one_spelling("json", "1"));
}

BOOST_AUTO_TEST_CASE(uuids) {
  BOOST_TEST(one_spelling("uuid", "{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}") ==
             one_spelling("uuid", "a0eebc999c0b4ef8bb6d6bb9bd380a11"));
  BOOST_TEST(one_spelling("uuid", "no uuid") == "no uuid");
}

BOOST_AUTO_TEST_CASE(decimals) {
  for (const char* same : {"1.5", "1.50", "15e-1", "+0001.5", "0.15E+1"})
    BOOST_TEST(one_spelling("decimal", same) == one_spelling("decimal", "1.5"), same);
  for (const char* zero : {"0", "-0.00", "0e9"}) BOOST_TEST(one_spelling("decimal", zero) == "0", zero);
  for (const char* other : {"-1.5", "15", "1.51", "NaN", "1.5.0", "1.5e", "1e5x", ""})
    BOOST_TEST(one_spelling("decimal", other) != one_spelling("decimal", "1.5"), other);
  BOOST_TEST(one_spelling("decimal", "Infinity") == "Infinity");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sluice::engine
