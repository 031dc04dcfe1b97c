// SPDX-License-Identifier: Apache-2.0
#include "sql/sql_text.hpp"

#include <boost/test/unit_test.hpp>

#include "sql/dialects.hpp"

using namespace sluice::sql;
using namespace sluice::tests;

namespace {
// Kinds as letters: c(ode), n(ame), t(ext), r(emark); upper case when it is not closed.
std::string kinds(const Dialect& dialect, std::string_view sql) {
  std::string out, joined;
  Pieces pieces(dialect, sql);
  while (const auto piece = pieces.next()) {
    out += (piece->closed ? "cntr" : "CNTR")[static_cast<int>(piece->kind)];
    joined += piece->text;
  }
  BOOST_TEST(joined == sql);
  return out;
}
}  // namespace

BOOST_AUTO_TEST_SUITE(sql_text)

BOOST_AUTO_TEST_CASE(pieces_follow_the_dialect) {
  BOOST_TEST(kinds(ansi, "a = 'it''s' -- x\n and \"b\" /* /* */ */ c") == "ctcrcncrc");
  BOOST_TEST(kinds(brackets, "a /* /* */ b */ [x]]") == "crcnc");
  BOOST_TEST(kinds(back_ticks, "\"a\\\"b\" # x\n `n` 1--1 -- r") == "tcrcncr");
  BOOST_TEST(kinds(ansi, "$f$ ' $f$ $1 a$b$ $$x$$") == "tct");
  BOOST_TEST(kinds(ansi, "E'it\\'s' = ''") == "ctct");
  BOOST_TEST(kinds(ansi, "'a\\' = e'\\\\' || some'") == "tctcT");
  BOOST_TEST(kinds(ansi, "a 'open") == "cT");
  BOOST_TEST(kinds(ansi, "a /* open") == "cR");
}

BOOST_AUTO_TEST_CASE(a_condition_has_balanced_marks) {
  BOOST_TEST(fault_of_condition(ansi, "a = ')' and (b or c)") == "");
  BOOST_TEST(fault_of_condition(ansi, "1=1) or (1=1") == "a parenthesis is closed that was not opened");
  BOOST_TEST(fault_of_condition(ansi, "(a = 1") == "a parenthesis is not closed");
  BOOST_TEST(fault_of_condition(ansi, "a = 'x") == "a quote is not closed");
  BOOST_TEST(fault_of_condition(ansi, "a = 1; drop table t") == "a semicolon ends the statement");
  BOOST_TEST(fault_of_condition(ansi, "a = 1 /* x") == "a comment is not closed");
}

BOOST_AUTO_TEST_CASE(a_clause_is_a_word_of_its_own) {
  BOOST_TEST(has_clause(ansi, "a > 1 LIMIT 5", "limit"));
  BOOST_TEST(has_clause(ansi, "a > 1\nlimit\n5", "limit"));
  BOOST_TEST(has_clause(ansi, "limit 5", "limit"));
  for (const char* fine :
       {"name='limit'", "\"limit\" > 5", "t.limit > 5", "limit = 5", "limit_ > 1", "credit_limit > 1",
        "a > 1 -- limit 5", "a in (select b from c limit 5)", "a < limit", "a > 1 /* limit 5 */"})
    BOOST_TEST(!has_clause(ansi, fine, "limit"), fine);
}

BOOST_AUTO_TEST_CASE(first_word_and_blank) {
  BOOST_TEST(first_word(ansi, " -- x\n (SELECT 1)") == "select");
  BOOST_TEST(first_word(ansi, "'text'") == "");
  BOOST_TEST(is_blank(ansi, " ; -- nothing\n /* at all */"));
  BOOST_TEST(!is_blank(ansi, "x"));
}

BOOST_AUTO_TEST_CASE(parentheses_survive_a_comment_at_the_end) {
  BOOST_TEST(parenthesized(ansi, "a = 1") == "(a = 1)");
  BOOST_TEST(parenthesized(ansi, "a = 1 -- x") == "(a = 1 -- x\n)");
  BOOST_TEST(parenthesized(ansi, "a = 1 /* x */") == "(a = 1 /* x */)");
}

BOOST_AUTO_TEST_SUITE_END()
