// SPDX-License-Identifier: Apache-2.0
#include "sql/statements.hpp"

#include <boost/test/unit_test.hpp>

#include "sql/dialects.hpp"

using namespace sluice::sql;
using namespace sluice::tests;

BOOST_AUTO_TEST_SUITE(statements)

BOOST_AUTO_TEST_CASE(the_placeholder_is_replaced_in_code_only) {
  BOOST_TEST(substitute_table(ansi, "delete from @table; vacuum @table", "\"t\"") == "delete from \"t\"; vacuum \"t\"");
  const std::string kept = "insert into log values ('@table', \"@table\") -- @table";
  BOOST_TEST(substitute_table(ansi, kept, "\"t\"") == kept);
  BOOST_TEST(substitute_table(ansi, "@table_old @@table @tables @table2", "x") == "@table_old @@table @tables @table2");
}

BOOST_AUTO_TEST_CASE(empty_entries_are_left_out) {
  const std::vector<std::string> entries = {"", " ; ", "-- nothing", " delete from @table "};
  const auto all = prepare_statements(ansi, entries, "t");
  BOOST_REQUIRE_EQUAL(all.size(), 1u);
  BOOST_TEST(all[0] == "delete from t");
}

BOOST_AUTO_TEST_CASE(semicolons_separate_statements_but_not_in_bodies) {
  const auto two = split_statements(ansi, "insert into a values (';'); delete from b -- ; x\n;");
  BOOST_REQUIRE_EQUAL(two.size(), 2u);
  BOOST_TEST(two[0] == "insert into a values (';')");
  BOOST_TEST(two[1] == "delete from b -- ; x");
  BOOST_TEST(split_statements(ansi, "create trigger x after insert on t begin delete from u; select 1; end").size() ==
             1u);
  BOOST_TEST(split_statements(ansi, "create table event_log (a int); select 1").size() == 2u);
  BOOST_TEST(split_statements(ansi, "begin; insert into t values (1); commit").size() == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
