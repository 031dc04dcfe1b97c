// SPDX-License-Identifier: Apache-2.0
#include "sql/quote.hpp"

#include <boost/test/unit_test.hpp>

#include "sql/dialects.hpp"

using namespace sluice::sql;
using namespace sluice::tests;

BOOST_AUTO_TEST_SUITE(quote)

BOOST_AUTO_TEST_CASE(names_and_literals_are_quoted_with_their_marks_doubled) {
  BOOST_TEST(quote_name(ansi, "a\"b") == "\"a\"\"b\"");
  BOOST_TEST(quote_name(back_ticks, "a`b") == "`a``b`");
  BOOST_TEST(quote_literal(ansi, "it's \\ here") == "'it''s \\ here'");
  BOOST_TEST(quote_literal(back_ticks, "it's \\ here") == "'it''s \\\\ here'");
}

BOOST_AUTO_TEST_CASE(quoted_names_are_understood_as_the_store_quotes_them) {
  BOOST_TEST(unquote_name(ansi, "\"a\"\"b\"").value() == "a\"b");
  BOOST_TEST(unquote_name(brackets, "[order id]").value() == "order id");
  BOOST_TEST(unquote_name(brackets, "`x`").value() == "x");
  BOOST_TEST(!unquote_name(ansi, "`x`"));
  BOOST_TEST(!unquote_name(back_ticks, "\"text\""));
  BOOST_TEST(!unquote_name(ansi, "\"a\".\"b\""));
  BOOST_TEST(!unquote_name(ansi, "\"open"));
  BOOST_TEST(!unquote_name(ansi, "plain"));
}

BOOST_AUTO_TEST_CASE(a_table_name_has_parts) {
  const auto plain = TableName::parse(ansi, "sales.orders").value();
  BOOST_TEST(plain.schema() == "sales");
  BOOST_TEST(plain.table() == "orders");
  BOOST_TEST(plain.quoted(ansi) == "\"sales\".\"orders\"");
  const auto dotted = TableName::parse(ansi, "\"my.schema\".orders").value();
  BOOST_TEST(dotted.schema() == "my.schema");
  BOOST_TEST(TableName::parse(ansi, "orders").value().schema() == "");
  BOOST_TEST(TableName::parse(ansi, "2024 orders").value().table() == "2024 orders");
}

BOOST_AUTO_TEST_CASE(what_is_no_table_name_is_refused) {
  for (const char* wrong : {"", ".", "a.", ".a", "a..b", "\"a", "\"a\"b", "\"\""})
    BOOST_TEST(!TableName::parse(ansi, wrong), wrong);
}

BOOST_AUTO_TEST_SUITE_END()
