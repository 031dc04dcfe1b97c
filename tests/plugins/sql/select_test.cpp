// SPDX-License-Identifier: Apache-2.0
#include "sql/select.hpp"

#include <boost/test/unit_test.hpp>

#include "sql/dialects.hpp"

using namespace sluice::sql;
using namespace sluice::tests;

namespace {
std::string where_fault(std::string_view where) {
  Problems problems;
  check_where(ansi, where, problems);
  return problems.empty() ? "" : problems[0].message;
}
}  // namespace

BOOST_AUTO_TEST_SUITE(select_statement)

BOOST_AUTO_TEST_CASE(conditions_are_joined) {
  BOOST_TEST(build_select({{"\"a\"", "1"}, "\"t\"", {}}) == "SELECT \"a\", 1 FROM \"t\"");
  BOOST_TEST(build_select({{"a"}, "t", {user_condition(ansi, "x = 1 or y = 2"), "", "a >= ?"}, "a"}) ==
             "SELECT a FROM t WHERE (x = 1 or y = 2) AND a >= ? ORDER BY a");
  BOOST_TEST(user_condition(ansi, "  -- nothing") == "");
}

BOOST_AUTO_TEST_CASE(a_where_is_one_condition) {
  BOOST_TEST(where_fault("") == "");
  BOOST_TEST(where_fault("id > 5 and name='limit'") == "");
  BOOST_TEST(where_fault("where id > 5") == "the condition starts with the word WHERE");
  BOOST_TEST(where_fault("id > 5 limit 10") == "a LIMIT in where would be applied to each split, not to the job");
  BOOST_TEST(where_fault("id > 5)") == "not one condition: a parenthesis is closed that was not opened");
}

BOOST_AUTO_TEST_SUITE_END()
