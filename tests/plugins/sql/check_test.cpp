// SPDX-License-Identifier: Apache-2.0
#include "sql/check.hpp"

#include <boost/test/unit_test.hpp>

#include "fake_context.hpp"
#include "sql/dialects.hpp"
#include "sql/options.hpp"

using namespace sluice::sql;
using namespace sluice::tests;

namespace {

using Lines = std::vector<std::string>;

Lines lines(const Problems& problems) {
  Lines all;
  for (const auto& problem : problems)
    all.push_back((problem.is_warning ? "warning " : "") + problem.path + ": " + problem.message);
  return all;
}
inline constexpr auto writer_options =
    join(options::writer, std::array{sluice::option("writeMode", SLUICE_STRING, "How").default_value("\"insert\"")});

Lines check_read(const char* parameters) {
  FakeContext context(parameters, sluice::option_list<options::reader>);
  return lines(check_reader(context.context(), ansi));
}
Lines check_write(const char* parameters) {
  FakeContext context(parameters, sluice::option_list<writer_options>);
  return lines(check_writer(context.context(), ansi, "update"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(check)

BOOST_AUTO_TEST_CASE(a_reader_needs_a_table_or_a_query) {
  BOOST_TEST(check_read(R"j({"table": "t_[0-3]", "column": ["id", "now()"], "where": "id > 1"})j").empty());
  BOOST_TEST(check_read(R"({"querySql": "select 1"})").empty());
  BOOST_TEST(check_read(R"({"connection": [{"table": ["a"]}, {"table": ["b"]}], "column": ["*"]})").empty());
  BOOST_TEST(
      check_read("{}") == (Lines{"table: nothing to read: neither table nor querySql is set", "column: no columns"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_source_has_tables_and_every_table_a_source) {
  BOOST_TEST(check_read(R"({"table": ["t"], "connection": [{}, {"table": ["u"]}], "column": ["*"]})").empty());
  BOOST_TEST(check_read(R"({"connection": [{"table": ["t"]}, {}], "column": ["*"]})") ==
                 (Lines{"connection[1].table: nothing to read from this source: no table"}),
             boost::test_tools::per_element());
  BOOST_TEST(check_read(R"({"table": ["t"], "connection": [{"table": ["t"]}, {"table": ["u"]}], "column": ["*"]})") ==
                 (Lines{"table: tables are named twice: in table and in every connection[].table"}),
             boost::test_tools::per_element());
  BOOST_TEST(check_read(R"({"connection": [{"table": ["t"]}], "querySql": "select 1"})") ==
                 (Lines{"warning connection[0].table: not used: querySql is set and beats it"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_query_names_what_it_silences) {
  BOOST_TEST(check_read(R"({"querySql": ["select 1", " "], "table": "t", "where": "x", "splitPk": "id"})") ==
                 (Lines{"warning table: not used: querySql is set and beats it",
                        "warning where: not used: querySql is set and beats it",
                        "warning splitPk: not used: querySql is set and beats it", "querySql[1]: an empty query"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(all_problems_of_a_reader_come_at_once) {
  BOOST_TEST(check_read(R"({"table": "t_[3-0]", "column": ["id", ""], "where": "id > 1 limit 3"})") ==
                 (Lines{"table: a table range must ascend: [3-0]", "column[1]: an empty column name",
                        "where: a LIMIT in where would be applied to each split, not to the job"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_writer_has_one_table_and_names) {
  BOOST_TEST(check_write(R"({"table": "t", "column": ["a", "b"]})").empty());
  BOOST_TEST(check_write(R"({"table": "t_[0-3]", "column": ["a", "1"], "updateColumn": ["a"]})") ==
                 (Lines{"table: a writer takes no range of tables: t_[0-3]",
                        "column[1]: a constant among the columns to write: 1",
                        "warning updateColumn: not used: it belongs to writeMode update"}),
             boost::test_tools::per_element());
  BOOST_TEST(
      check_write(R"({"table": ["a", "b"], "column": ["a"]})") == (Lines{"table: a writer writes one table: a, b"}),
      boost::test_tools::per_element());
  BOOST_TEST(
      check_write(
          R"({"table": "t", "column": ["id", "name"], "writeMode": "update", "updateColumn": ["nam", "name"]})") ==
          (Lines{"updateColumn[0]: not among the columns to write: \"nam\" (did you mean \"name\"?)"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
