// SPDX-License-Identifier: Apache-2.0
#include "sql/table_range.hpp"

#include <boost/test/unit_test.hpp>

#include "sql/dialects.hpp"

using namespace sluice::sql;
using namespace sluice::tests;

namespace {
using Names = std::vector<std::string>;

Names expanded(const Dialect& dialect, const Names& entries) {
  Problems problems;
  auto names = expand_tables(dialect, entries, "table", problems);
  BOOST_TEST(problems.empty());
  return names;
}
std::string fault(const Names& entries) {
  Problems problems;
  expand_tables(ansi, entries, "table", problems);
  return problems.empty() ? "" : problems[0].path + ": " + problems[0].message;
}
}  // namespace

BOOST_AUTO_TEST_SUITE(table_range)

BOOST_AUTO_TEST_CASE(ranges_expand_in_order) {
  BOOST_TEST(expanded(ansi, {"t_[8-10]"}) == (Names{"t_8", "t_9", "t_10"}), boost::test_tools::per_element());
  BOOST_TEST(expanded(ansi, {"t_[08-10]"}) == (Names{"t_08", "t_09", "t_10"}), boost::test_tools::per_element());
  BOOST_TEST(expanded(ansi, {"t_00[0-1]", "t_0[10-11]"}) == (Names{"t_000", "t_001", "t_010", "t_011"}),
             boost::test_tools::per_element());
  BOOST_TEST(expanded(ansi, {"s[0-1].t[0-1]"}) == (Names{"s0.t0", "s0.t1", "s1.t0", "s1.t1"}),
             boost::test_tools::per_element());
  BOOST_TEST(expanded(ansi, {"t_[0-999]"}).size() == 1000u);
}

BOOST_AUTO_TEST_CASE(what_is_quoted_or_no_range_stays) {
  BOOST_TEST(expanded(ansi, {"\"t_[0-1]\"", "orders"}) == (Names{"\"t_[0-1]\"", "orders"}),
             boost::test_tools::per_element());
  BOOST_TEST(expanded(brackets, {"[my table]", "t_[0-1]"}) == (Names{"[my table]", "t_0", "t_1"}),
             boost::test_tools::per_element());
  BOOST_TEST(expanded(ansi, {"t_[a-b]"}) == (Names{"t_[a-b]"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(wrong_ranges_are_named) {
  BOOST_TEST(fault({"t_[9-1]"}) == "table: a table range must ascend: [9-1]");
  BOOST_TEST(fault({"t_[0-1000]"}) == "table: a table range of more than 1,000 tables: [0-1000]");
  BOOST_TEST(fault({"t[0-99]_[0-99]"}) == "table: more than 1,000 tables");
  BOOST_TEST(fault({"a", "t_[0-99999999999]"}) == "table[1]: a number of a table range is too large: [0-99999999999]");
  BOOST_TEST(fault({"t_1", "t_[0-2]"}) == "table[1]: a table is named twice: t_1");
  BOOST_TEST(fault({"\"open"}) == "table: not a table name: \"open");
}

BOOST_AUTO_TEST_CASE(a_writer_asks_whether_there_is_one) {
  BOOST_TEST(has_range(ansi, "t_[0-9]"));
  BOOST_TEST(!has_range(ansi, "\"t_[0-9]\""));
}

BOOST_AUTO_TEST_SUITE_END()
