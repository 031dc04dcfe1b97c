// SPDX-License-Identifier: Apache-2.0
#include "sql/split_key.hpp"

#include <boost/test/unit_test.hpp>

#include "dialects.hpp"
#include "fake_context.hpp"

using namespace sluice;
using namespace sluice::sql;
using namespace sluice::tests;

namespace {

TableShape orders_table() {
  TableShape shape;
  shape.table = "orders";
  shape.columns = {{.name = "id", .native_type = "int", .key = 1},
                   {.name = "day", .native_type = "date"},
                   {.name = "note", .native_type = "text"}};
  return shape;
}

std::string chosen(const char* json, Problems& problems, std::vector<std::string> leading = {"id", "day"}) {
  return choose_split_key(FakeContext(json).context(), back_ticks, orders_table(), leading, {0, "orders", "table"}, problems);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(split_key)

BOOST_AUTO_TEST_CASE(the_primary_key_unless_another_is_asked_for) {
  Problems problems;
  BOOST_TEST(chosen("{}", problems) == "id");
  BOOST_TEST(chosen(R"({"splitPk": "day"})", problems) == "day");
  BOOST_TEST(chosen(R"({"splitPk": "`DAY`"})", problems) == "day");
  BOOST_TEST(problems.empty());
}

BOOST_AUTO_TEST_CASE(a_key_that_leads_no_index_is_a_warning) {
  Problems problems;
  BOOST_TEST(chosen(R"({"splitPk": "note"})", problems) == "id");
  BOOST_TEST_REQUIRE(problems.size() == 1u);
  BOOST_TEST(problems[0].is_warning);
}

BOOST_AUTO_TEST_CASE(a_key_that_is_not_there_is_a_problem) {
  Problems problems;
  BOOST_TEST(chosen(R"({"splitPk": "idd"})", problems) == "");
  BOOST_TEST_REQUIRE(problems.size() == 1u);
  BOOST_TEST(problems[0].message == "no such column in orders: \"idd\" (did you mean \"id\"?)");
}

BOOST_AUTO_TEST_CASE(a_primary_key_that_is_not_sorted_splits_nothing) {
  Problems problems;
  BOOST_TEST(chosen("{}", problems, {"day"}) == "");
  BOOST_TEST(problems.empty());
}

BOOST_AUTO_TEST_SUITE_END()
