// SPDX-License-Identifier: Apache-2.0
#include "sql/suggest.hpp"

#include <boost/test/unit_test.hpp>
#include <vector>

using namespace sluice::sql;

BOOST_AUTO_TEST_SUITE(suggest)

BOOST_AUTO_TEST_CASE(the_nearest_name_is_offered) {
  const std::vector<std::string> names = {"id", "customer", "created_at"};
  BOOST_TEST(did_you_mean("idd", names) == " (did you mean \"id\"?)");
  BOOST_TEST(did_you_mean("ID", names) == " (did you mean \"id\"?)");
  BOOST_TEST(did_you_mean("cutsomre", names) == " (did you mean \"customer\"?)");
  BOOST_TEST(did_you_mean("xyz", names) == "");
  BOOST_TEST(did_you_mean("x", {}) == "");
}

BOOST_AUTO_TEST_CASE(long_lists_are_cut) {
  const std::vector<std::string> names(15, "a");
  BOOST_TEST(list_of(names) == "a, a, a, a, a, a, a, a, a, a, a, a, and 3 more");
}

BOOST_AUTO_TEST_SUITE_END()
