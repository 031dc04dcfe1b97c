// SPDX-License-Identifier: Apache-2.0
#include "job/column_count.hpp"

#include <boost/test/unit_test.hpp>

#include "rendered.hpp"

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(column_count_test)

OptionTable table() {
  Option column{.name = "column", .types = SLUICE_ARRAY, .element_types = SLUICE_STRING, .flags = SLUICE_COLUMN_LIST};
  column.aliases = {"columns"};
  Option query{.name = "querySql", .flags = SLUICE_REPLACES_COLUMNS};
  return OptionTable({column, query});
}

std::string compared(const std::string& reader, const std::string& writer, const std::string& between = "") {
  Problems problems;
  auto job = parse("{\"steps\": [{\"category\": \"reader\", \"stepType\": \"a\", \"parameter\": {" + reader + "}}," +
                       between + "\n" + "{\"category\": \"writer\", \"stepType\": \"b\", \"parameter\": {" + writer +
                       "}}]," + quiet + "}",
                   "j", {}, problems);
  BOOST_REQUIRE(job);
  Lint lint(job->document, problems);
  auto read = lint.object(job->reader.parameter, table(), job->reader.parameter_path());
  auto written = lint.object(job->writer.parameter, table(), job->writer.parameter_path());
  compare_column_counts(*job, read, table(), written, table(), problems);
  return problems.render("j");
}

BOOST_AUTO_TEST_CASE(unequal_numbers_are_an_error_at_the_writer) {
  BOOST_TEST(compared(R"("column": ["a", "b"])", R"("column": ["x"])") ==
             "j:2:65: error: steps[1].parameter.column: columns match by position and their numbers differ: 2 read, 1 "
             "written (the reader's list is steps[0].parameter.column)\n");
  BOOST_TEST(compared(R"("columns": ["a"])", R"("columns": ["x", "y"])") ==
             "j:2:66: error: steps[1].parameter.columns: columns match by position and their numbers differ: 1 read, 2 "
             "written (the reader's list is steps[0].parameter.columns)\n");
}

BOOST_AUTO_TEST_CASE(nothing_to_compare) {
  BOOST_TEST(compared(R"("column": ["a", "b"])", R"("column": ["x", "y"])") == "");
  BOOST_TEST(compared(R"("column": ["*"])", R"("column": ["x", "y"])") == "");
  BOOST_TEST(compared(R"("column": ["a", "b"])", R"("column": "*")") == "");
  BOOST_TEST(compared("", R"("column": ["x"])") == "");
  BOOST_TEST(compared(R"("column": ["a"], "querySql": "SELECT 1, 2")", R"("column": ["x", "y"])") == "");
  BOOST_TEST(compared(R"("column": ["a"])", R"("column": ["x", "y"])",
                      R"({"category": "processor", "stepType": "p"},)") == "");
}

BOOST_AUTO_TEST_SUITE_END()
