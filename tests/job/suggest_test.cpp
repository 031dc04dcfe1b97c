// SPDX-License-Identifier: Apache-2.0
#include "job/suggest.hpp"

#include <boost/test/unit_test.hpp>
#include <vector>

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(suggest_test)

const std::vector<std::string> known{"querySql", "splitPk", "writeMode", "table", "where"};

BOOST_AUTO_TEST_CASE(wrong_case) { BOOST_TEST(suggest("querysql", known).value_or("") == "querySql"); }

BOOST_AUTO_TEST_CASE(one_edit) {
  BOOST_TEST(suggest("splikPK", known).value_or("") == "splitPk");
  BOOST_TEST(suggest("tables", known).value_or("") == "table");
  BOOST_TEST(suggest("tabe", known).value_or("") == "table");
  BOOST_TEST(suggest("tabel", known).value_or("") == "table");
}

BOOST_AUTO_TEST_CASE(two_edits_from_eight_letters_on) {
  BOOST_TEST(suggest("writerModes", known).value_or("") == "writeMode");
  BOOST_TEST(!suggest("wheres2", known));
  BOOST_TEST(!suggest("splitter", known));
  BOOST_TEST(!suggest("overwriterMode", known));
}

BOOST_AUTO_TEST_CASE(nearest_wins) {
  const std::vector<std::string> words{"concurrency", "concurrent"};
  BOOST_TEST(suggest("concurent", words).value_or("") == "concurrent");
  BOOST_TEST(did_you_mean("concurent", words) == "did you mean \"concurrent\"?");
  BOOST_TEST(did_you_mean("xyz", words) == "");
}

BOOST_AUTO_TEST_CASE(distance_is_bounded) {
  BOOST_TEST(edit_distance("abc", "abc", 2) == 0u);
  BOOST_TEST(edit_distance("abc", "ABD", 2) == 1u);
  BOOST_TEST(edit_distance("ab", "ba", 2) == 1u);
  BOOST_TEST(edit_distance("", "ab", 2) == 2u);
  BOOST_TEST(edit_distance("kitten", "sitting", 2) == 3u);
  BOOST_TEST(edit_distance(std::string(1 << 20, 'a'), "b", 2) == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
