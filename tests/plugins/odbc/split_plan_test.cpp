// SPDX-License-Identifier: Apache-2.0
#include "odbc/split_plan.hpp"

#include <boost/test/unit_test.hpp>

#include "odbc/statement.hpp"
#include "scratch_database.hpp"

using namespace sluice;
using namespace sluice::odbc;
using sluice::tests::ScratchDatabase;

namespace {

// Keys with a huge gap between two dense ranges, some of them NULL; and the same as texts.
constexpr const char* fill =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000), k(i, k) AS (SELECT i, CASE WHEN "
    "i "
    "% 100 = 7 THEN NULL WHEN i <= 20000 THEN i ELSE i + 9000000000000000000 END FROM n) INSERT INTO t SELECT k, "
    "'it''s ' "
    "|| k, i FROM k";

struct Table {
  Table() : connection(database.settings()) {
    connection.execute("CREATE TABLE t (k BIGINT, s VARCHAR(40), v INT)", "test");
    connection.execute(fill, "test");
    split = key("k");
  }
  std::optional<SplitKey> key(const std::string& column) {
    sql::Problems problems;
    const auto table = find_table(connection, sql::TableName({"t"}), "table", problems);
    BOOST_REQUIRE(table.has_value());
    return split_key(connection, *table, column);
  }
  int64_t count(const std::string& condition) {
    Statement statement(connection, "test");
    statement.prepare("SELECT COUNT(*) FROM t" + (condition.empty() ? "" : " WHERE " + condition));
    statement.execute();
    return std::stoll(statement.rows().at(0).at(0).value());
  }
  std::vector<sql::PlannedSplit> plan(int64_t records, int64_t at_least = 1) {
    return plan_splits(connection, part, split, {.records = records, .bytes = 1, .at_least = at_least});
  }

  ScratchDatabase database;
  Connection connection;
  sql::ReadPart part{.label = "t", .from = "t"};
  std::optional<SplitKey> split;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(split_plan)

BOOST_AUTO_TEST_CASE(every_record_is_in_one_split_whatever_the_gaps) {
  Table table;
  for (const char* column : {"k", "s"}) {
    table.split = table.key(column);
    const auto splits = table.plan(5000);
    BOOST_TEST(splits.size() == 9u);
    int64_t sum = 0, largest = 0;
    for (const auto& split : splits) {
      const int64_t records = table.count(split.condition);
      sum += records;
      largest = std::max(largest, records);
    }
    BOOST_TEST(sum == 40'000);
    BOOST_TEST(largest == 4950);
    BOOST_TEST(splits.back().condition == table.split->quoted + " IS NULL");
    BOOST_TEST(splits.back().records == 400);
  }
}

BOOST_AUTO_TEST_CASE(only_what_the_job_wants_is_divided) {
  Table table;
  table.part.where = "(v <= 10000)";
  BOOST_TEST(table.plan(5000).size() == 3u);
  table.part.where = "(v < 0)";
  BOOST_TEST(table.plan(5000).size() == 1u);
}

BOOST_AUTO_TEST_CASE(small_tables_and_tables_without_a_key_stay_whole) {
  Table table;
  BOOST_TEST(table.plan(100'000, 10).size() == 5u);
  table.split.reset();
  const auto whole = table.plan(10, 10);
  BOOST_REQUIRE(whole.size() == 1u);
  BOOST_TEST(whole[0].condition == "");
}

BOOST_AUTO_TEST_CASE(a_key_that_most_records_share_has_no_boundary_twice) {
  Table table;
  table.connection.execute("UPDATE t SET k = 1 WHERE v > 100 AND v <= 39000", "test");
  int64_t sum = 0;
  const auto splits = table.plan(5000);
  BOOST_TEST(splits.size() == 3u);
  for (const auto& split : splits) sum += table.count(split.condition);
  BOOST_TEST(sum == 40'000);
}

BOOST_AUTO_TEST_SUITE_END()
