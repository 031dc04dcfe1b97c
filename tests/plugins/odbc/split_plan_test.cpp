// SPDX-License-Identifier: Apache-2.0
#include "odbc/split_plan.hpp"

#include <boost/test/unit_test.hpp>

#include "odbc/statement.hpp"
#include "scratch_database.hpp"

using namespace sluice;
using namespace sluice::odbc;
using sluice::tests::ScratchDatabase;

namespace {

// Keys with a huge gap between two dense ranges, some of them NULL.
constexpr const char* fill =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) INSERT INTO t SELECT CASE WHEN i "
    "% "
    "100 = 7 THEN NULL WHEN i <= 20000 THEN i ELSE i + 9000000000000000000 END, i FROM n";

struct Table {
  Table() : connection(database.settings()) {
    connection.execute("CREATE TABLE t (k BIGINT, v INT)", "test");
    connection.execute(fill, "test");
  }
  int64_t count(const std::string& condition) {
    Statement statement(connection, "test");
    statement.prepare("SELECT COUNT(*) FROM t" + (condition.empty() ? "" : " WHERE " + condition));
    statement.execute();
    return std::stoll(statement.rows().at(0).at(0).value());
  }

  ScratchDatabase database;
  Connection connection;
  Divisible divisible{.label = "t", .from = "t", .where = "", .key = "\"k\"", .key_name = "k"};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(split_plan)

BOOST_AUTO_TEST_CASE(every_record_is_in_one_split_whatever_the_gaps) {
  Table table;
  const auto splits = plan_splits(table.connection, table.divisible, {.records = 5000, .at_least = 1});
  BOOST_TEST(splits.size() == 8u);
  int64_t sum = 0, largest = 0;
  for (const auto& split : splits) {
    const int64_t records = table.count(split.condition);
    sum += records;
    largest = std::max(largest, records);
  }
  BOOST_TEST(sum == 40'000);
  BOOST_TEST(largest <= 2 * 5000);
  BOOST_TEST(splits[0].condition.find("IS NULL") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(only_what_the_job_wants_is_divided) {
  Table table;
  table.divisible.where = "(v <= 10000)";
  BOOST_TEST(plan_splits(table.connection, table.divisible, {.records = 5000, .at_least = 1}).size() == 2u);
  table.divisible.where = "(v < 0)";
  BOOST_TEST(plan_splits(table.connection, table.divisible, {.records = 5000, .at_least = 1}).size() == 1u);
}

BOOST_AUTO_TEST_CASE(small_tables_and_tables_without_a_key_stay_whole) {
  Table table;
  BOOST_TEST(plan_splits(table.connection, table.divisible, {.records = 100'000, .at_least = 10}).size() == 4u);
  table.divisible.key.clear();
  const auto whole = plan_splits(table.connection, table.divisible, {.records = 10, .at_least = 10});
  BOOST_REQUIRE(whole.size() == 1u);
  BOOST_TEST(whole[0].condition == "");
}

BOOST_AUTO_TEST_SUITE_END()
