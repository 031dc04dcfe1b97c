// SPDX-License-Identifier: Apache-2.0
#include "sql/match_columns.hpp"

#include <boost/test/unit_test.hpp>

#include "sql/dialects.hpp"

using namespace sluice;
using namespace sluice::sql;
using namespace sluice::tests;

namespace {

TableShape orders() {
  TableShape shape;
  shape.table = "orders";
  shape.columns = {{.name = "id", .nullable = false, .key = 1},
                   {.name = "Name", .nullable = false, .has_default = true},
                   {.name = "order id"},
                   {.name = "total", .generated = true}};
  return shape;
}

Schema input(const std::vector<std::string>& names, bool all = false) {
  Schema schema;
  for (const auto& name : names) {
    const Field field{name, type(TypeId::int64)};
    schema.add(all ? field.with(SLUICE_META_ALL, "1") : field);
  }
  return schema;
}

std::vector<std::string> write(const std::vector<std::string>& columns, const Schema& schema) {
  Problems problems;
  const auto list = parse_target_columns(ansi, columns, problems);
  match_writer_columns(orders(), list, schema, problems);
  std::vector<std::string> messages;
  for (const auto& problem : problems) messages.push_back(problem.path + ": " + problem.message);
  return messages;
}

using Lines = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(match_columns)

BOOST_AUTO_TEST_CASE(a_reader_gets_the_exact_spelling) {
  Problems problems;
  auto list = parse_columns(ansi, Lines{"ID", "order id", "1", "a + b"}, problems);
  match_reader_columns(ansi, orders(), list, problems);
  BOOST_TEST(problems.empty());
  BOOST_TEST(list.entries[0].sql == "\"id\"");
  BOOST_TEST(list.entries[1].sql == "\"order id\"");
  BOOST_TEST(list.entries[3].sql == "a + b");
}

BOOST_AUTO_TEST_CASE(a_reader_learns_what_is_missing) {
  Problems problems;
  auto list = parse_columns(ansi, Lines{"id", "idd"}, problems);
  match_reader_columns(ansi, orders(), list, problems);
  BOOST_REQUIRE_EQUAL(problems.size(), 1u);
  BOOST_TEST(problems[0].path == "column[1]");
  BOOST_TEST(problems[0].message == "no such column in orders: \"idd\" (did you mean \"id\"?)");
  BOOST_TEST(problems[0].advice == "its columns: id, Name, order id, total");
}

BOOST_AUTO_TEST_CASE(star_is_every_column) {
  Problems problems;
  auto list = parse_columns(ansi, Lines{"*"}, problems);
  match_reader_columns(ansi, orders(), list, problems);
  BOOST_TEST(list.entries.size() == 4u);
}

BOOST_AUTO_TEST_CASE(a_writer_learns_everything_at_once) {
  BOOST_TEST(write({"id", "name"}, input({"a", "b"})).empty());
  BOOST_TEST(write({"id", "nam", "total"}, input({"a"})) ==
                 (Lines{"column[1]: no such column in orders: \"nam\" (did you mean \"Name\"?)",
                        "column[2]: a computed column cannot be written: total"}),
             boost::test_tools::per_element());
  BOOST_TEST(write({"Name", "order id"}, input({"a"})) ==
                 (Lines{"column: a NOT NULL column without default is not written: orders.id",
                        "column: unequal numbers of columns: the source has 1, the writer has 2"}),
             boost::test_tools::per_element());
  BOOST_TEST(
      write({"Name", "name", "id"}, input({"a", "b", "c"})) == (Lines{"column[1]: a column is named twice: Name"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(star_on_both_sides_needs_the_same_order) {
  BOOST_TEST(write({"*"}, input({"id", "name", "order id"}, true)).empty());
  BOOST_TEST(write({"*"}, input({"x", "y", "z"})).empty());
  BOOST_TEST(write({"*"}, input({"name", "id", "order id"}, true)) ==
                 (Lines{"column: [\"*\"] on both sides needs the same names in the same order: column 1 is name in the "
                        "source and id in orders"}),
             boost::test_tools::per_element());
  BOOST_TEST(write({"*"}, input({"id"}, true)) ==
                 (Lines{"column: unequal numbers of columns: the source has 1, table orders has 3"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
