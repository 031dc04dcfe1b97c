// SPDX-License-Identifier: Apache-2.0
#include "job/path.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(path_test)

BOOST_AUTO_TEST_CASE(joins_words_indexes_and_odd_keys) {
  BOOST_TEST(join_path("", "setting") == "setting");
  BOOST_TEST(join_path("setting", "speed") == "setting.speed");
  BOOST_TEST(join_path("steps", 3) == "steps[3]");
  BOOST_TEST(join_path("pgType", "my column") == R"(pgType["my column"])");
  BOOST_TEST(join_path("a", "b.c") == R"(a["b.c"])");
  BOOST_TEST(join_path("", "") == R"([""])");
}

BOOST_AUTO_TEST_CASE(splits_what_it_joined) {
  std::string path = join_path(join_path(join_path("steps", 12), "odd \"]key."), "x");
  auto segments = split_path(path);
  BOOST_REQUIRE(segments);
  BOOST_REQUIRE_EQUAL(segments->size(), 4u);
  BOOST_TEST(std::get<std::string>((*segments)[0]) == "steps");
  BOOST_TEST(std::get<std::size_t>((*segments)[1]) == 12u);
  BOOST_TEST(std::get<std::string>((*segments)[2]) == "odd \"]key.");
  BOOST_TEST(std::get<std::string>((*segments)[3]) == "x");
  BOOST_TEST(std::get<std::string>((*split_path("steps[My Reader].x"))[1]) == "My Reader");
}

BOOST_AUTO_TEST_CASE(says_what_is_wrong) {
  BOOST_TEST(split_path("a..b").error() == "a name is missing before a dot");
  BOOST_TEST(split_path("a.").error() == "a name is missing after a dot");
  BOOST_TEST(split_path("a[1").error() == "a bracket is not closed");
  BOOST_TEST(split_path("a[1]b").error() == "a dot is missing after a bracket");
  BOOST_TEST(split_path("a[]").error() == "brackets hold an index, a name or a quoted key");
  BOOST_TEST(split_path("a[99999999999999999999999]").error() == "brackets hold an index, a name or a quoted key");
}

BOOST_AUTO_TEST_SUITE_END()
