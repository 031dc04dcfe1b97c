// SPDX-License-Identifier: Apache-2.0
#include "sql/column_list.hpp"

#include <boost/test/unit_test.hpp>

#include "sql/dialects.hpp"

using namespace sluice::sql;
using namespace sluice::tests;

namespace {
ColumnEntry parse_one(const Dialect& dialect, const std::string& text) {
  Problems problems;
  const std::vector<std::string> entries = {text};
  auto list = parse_columns(dialect, entries, problems);
  BOOST_TEST(problems.empty(), text);
  return list.entries.at(0);
}
}  // namespace

BOOST_AUTO_TEST_SUITE(column_list)

BOOST_AUTO_TEST_CASE(names) {
  BOOST_TEST((parse_one(ansi, "id").kind == ColumnKind::name));
  BOOST_TEST(parse_one(ansi, " id ").sql == "\"id\"");
  BOOST_TEST(parse_one(ansi, "\"order id\"").name == "order id");
  BOOST_TEST(parse_one(back_ticks, "`order id`").sql == "`order id`");
  BOOST_TEST((parse_one(ansi, "größe").kind == ColumnKind::name));
  BOOST_TEST((parse_one(ansi, "current_timestamp").kind == ColumnKind::name));
}

BOOST_AUTO_TEST_CASE(constants) {
  for (const char* constant :
       {"1", "-2.5", "+.5", "1e9", "'abc'", "'null'", "'it''s'", "null", "NULL", "true", "False", "2.3"}) {
    const auto entry = parse_one(ansi, constant);
    BOOST_TEST((entry.kind == ColumnKind::constant), constant);
    BOOST_TEST(entry.sql == constant);
  }
  BOOST_TEST((parse_one(back_ticks, "\"abc\"").kind == ColumnKind::constant));
}

BOOST_AUTO_TEST_CASE(expressions) {
  for (const char* expression : {"now()", "a + b", "upper(name) as n", "'a' || 'b'", "t.id", "1e", "1.2.3", "-"})
    BOOST_TEST((parse_one(ansi, expression).kind == ColumnKind::expression), expression);
}

BOOST_AUTO_TEST_CASE(star_stands_alone) {
  Problems problems;
  BOOST_TEST(parse_columns(ansi, std::vector<std::string>{"*"}, problems).all);
  BOOST_TEST(problems.empty());
  parse_columns(ansi, std::vector<std::string>{"id", "*", "", "f(", "a); drop"}, problems);
  BOOST_REQUIRE_EQUAL(problems.size(), 4u);
  BOOST_TEST(problems[0].path == "column[1]");
  BOOST_TEST(problems[1].message == "an empty column name");
  BOOST_TEST(problems[2].message == "not one expression: a parenthesis is not closed: f(");
  BOOST_TEST(problems[3].path == "column[4]");
}

BOOST_AUTO_TEST_CASE(a_writer_takes_names_only) {
  Problems problems;
  const auto list = parse_target_columns(ansi, std::vector<std::string>{"id", "1", "order id", "id"}, problems);
  BOOST_REQUIRE_EQUAL(problems.size(), 2u);
  BOOST_TEST(problems[0].message == "a constant among the columns to write: 1");
  BOOST_TEST(problems[1].message == "a column is named twice: id");
  BOOST_TEST(list.entries[2].sql == "\"order id\"");
}

BOOST_AUTO_TEST_SUITE_END()
