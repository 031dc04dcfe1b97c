// SPDX-License-Identifier: Apache-2.0
#include "sql/target_table.hpp"

#include <boost/test/unit_test.hpp>

#include "dialects.hpp"
#include "fake_context.hpp"

using namespace sluice;
using namespace sluice::sql;
using namespace sluice::tests;

BOOST_AUTO_TEST_SUITE(target_table)

BOOST_AUTO_TEST_CASE(the_table_and_its_statements) {
  const FakeContext context(R"({"table": [" shop.orders "], "preSql": ["DELETE FROM @table", " "]})");
  BOOST_TEST(target_name(context.context(), ansi).quoted(ansi) == R"("shop"."orders")");
  BOOST_TEST(target_name(context.context(), ansi).beside("x").text() == "shop.x");
  BOOST_TEST(target_statements(context.context(), back_ticks, "preSql") ==
                 std::vector<std::string>{"DELETE FROM `shop`.`orders`"},
             boost::test_tools::per_element());
  BOOST_CHECK_THROW(target_name(FakeContext("{}").context(), ansi), Error);
}

BOOST_AUTO_TEST_CASE(a_missing_table_comes_with_those_that_are_there) {
  const std::vector<std::string> there = {"orders", "people"};
  const Problem problem = no_such_target(TableName({"ordres"}), "database \"shop\"", there);
  BOOST_TEST(problem.message == R"(no such table in database "shop": ordres (did you mean "orders"?))");
  BOOST_TEST(problem.advice == "its tables: orders, people; preSql may create it");
}

BOOST_AUTO_TEST_CASE(what_a_column_wants) {
  const TableColumn column{
      .name = "id", .native_type = "varchar(9)", .nullable = false, .has_default = true, .generated = false, .key = 2};
  const Field field = wanted_field(column, type(TypeId::utf8), "uuid", 9);
  BOOST_TEST(field.name == "id");
  BOOST_TEST(!field.nullable);
  for (const auto& [key, value] : std::map<std::string, std::string>{{SLUICE_META_NATIVE, "varchar(9)"},
                                                                     {SLUICE_META_TYPE, "uuid"},
                                                                     {SLUICE_META_LENGTH, "9"},
                                                                     {SLUICE_META_REQUIRED, "1"},
                                                                     {SLUICE_META_DEFAULT, "1"},
                                                                     {SLUICE_META_KEY, "2"}})
    BOOST_TEST(field.meta(key) == value, key);
  BOOST_TEST(wanted_field({.name = "n", .native_type = "int"}, type(TypeId::int32), "", -1).metadata.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_key_that_is_written_as_a_whole) {
  TableShape shape;
  shape.columns = {
      {.name = "a", .native_type = "int"}, {.name = "b", .native_type = "int"}, {.name = "c", .native_type = "int"}};
  BOOST_TEST(!shape.has_key_in({0, 1, 2}));
  shape.keys = {{{"a", "b"}, true}};
  BOOST_TEST(shape.has_key_in({1, 0}));
  BOOST_TEST(!shape.has_key_in({0, 2}));
}

BOOST_AUTO_TEST_SUITE_END()
