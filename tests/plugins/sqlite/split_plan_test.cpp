// SPDX-License-Identifier: Apache-2.0
#include "sqlite/split_plan.hpp"

#include <boost/test/unit_test.hpp>
#include <random>
#include <set>

#include "sqlite/database.hpp"
#include "sqlite/read_all.hpp"

using namespace sluice;
using namespace sluice::sqlite;
using namespace sluice::tests;

namespace {

// Every split's rows, and that all of them together are the table.
std::vector<size_t> read_in_splits(Database& database, const std::string& more, const ReadRequest& request,
                                   size_t expected) {
  database.close();
  FakeContext context(parameters(database, more), SqliteReader::info.options);
  SqliteReader reader(context.context());
  std::vector<size_t> sizes;
  std::multiset<std::string> seen;
  std::set<std::string> keys;
  for (const auto& split : plan_of(reader, request)) {
    BOOST_TEST(keys.insert(split.key).second, "two splits are called " + split.key);
    const auto task = reader.read(context.context(), split);
    sizes.push_back(0);
    for (ArrowArray array{}; task->next(&array); array = {}) {
      const Batch batch(&array);
      sizes.back() += static_cast<size_t>(batch.size());
      for (int64_t row = 0; row < batch.size(); ++row)
        seen.insert(text_of(batch.column(0, reader.describe()[0].type), row));
    }
  }
  BOOST_TEST(seen.size() == expected);
  BOOST_TEST(std::set<std::string>(seen.begin(), seen.end()).size() == expected);
  return sizes;
}

constexpr const char* numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ";

}  // namespace

BOOST_AUTO_TEST_SUITE(split_plan)

BOOST_AUTO_TEST_CASE(a_dense_key_gives_even_pieces) {
  Database database(std::string("CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT); ") + numbers +
                    "50000) INSERT INTO t SELECT i, printf('%.*c', 50, 'x') FROM n");
  const auto sizes = read_in_splits(database, R"("table": "t", "column": ["id"])", {.records = 5000}, 50000);
  BOOST_TEST(sizes.size() >= 9u);
  for (const size_t size : sizes) BOOST_TEST(size <= 7000u);
}

BOOST_AUTO_TEST_CASE(huge_gaps_do_not_matter) {
  Database database(std::string("CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT); ") + numbers +
                    "30000) INSERT INTO t SELECT CASE WHEN i < 15000 THEN i ELSE i * 1000000000000 END, 'x' FROM n");
  const auto sizes = read_in_splits(database, R"("table": "t", "column": ["id"])", {.records = 3000}, 30000);
  BOOST_TEST(sizes.size() >= 8u);
  for (const size_t size : sizes) BOOST_TEST(size <= 6000u);
}

BOOST_AUTO_TEST_CASE(a_table_without_a_key_is_split_by_rowid) {
  Database database(std::string("CREATE TABLE t (x INT, rowid TEXT); ") + numbers +
                    "40000) INSERT INTO t SELECT -i, 'x' FROM n");
  BOOST_TEST(read_in_splits(database, R"("table": "t", "column": ["x"])", {.records = 5000}, 40000).size() >= 6u);
}

BOOST_AUTO_TEST_CASE(any_sortable_indexed_key_splits_and_null_is_read_once) {
  Database database(
      std::string("CREATE TABLE t (id INTEGER PRIMARY KEY, k TEXT COLLATE NOCASE); CREATE INDEX tk ON t (k); ") +
      numbers +
      "20000) INSERT INTO t SELECT i, CASE WHEN i % 10 = 0 THEN NULL WHEN i % 2 THEN 'k''' || i ELSE 'K' || i END FROM "
      "n");
  const auto sizes =
      read_in_splits(database, R"("table": "t", "column": ["id"], "splitPk": "k")", {.records = 2000}, 20000);
  BOOST_TEST(sizes.size() >= 9u);
}

BOOST_AUTO_TEST_CASE(keys_of_mixed_kinds_and_many_of_one_kind) {
  Database database(std::string("CREATE TABLE t (id INTEGER PRIMARY KEY, k); CREATE INDEX tk ON t (k); ") + numbers +
                    "6000) INSERT INTO t SELECT i, CASE i % 5 WHEN 0 THEN i WHEN 1 THEN i * 0.37 WHEN 2 THEN 'same' "
                    "WHEN 3 THEN 't' || i ELSE CAST('b' || i AS BLOB) END FROM n; INSERT INTO t VALUES (7000, 9e999), "
                    "(7001, -9e999)");
  const auto sizes =
      read_in_splits(database, R"("table": "t", "column": ["id"], "splitPk": "k")", {.records = 500}, 6002);
  BOOST_TEST(sizes.size() >= 5u);
}

BOOST_AUTO_TEST_CASE(keys_without_a_literal_of_their_own) {
  const std::string filled = std::string("CREATE TABLE t (id INTEGER PRIMARY KEY, k); CREATE INDEX tk ON t (k); ") +
                             numbers + "3000) INSERT INTO t SELECT i, ";
  for (const char* key :
       {"'Info ' || i", "CASE WHEN i < 1500 THEN -9e999 ELSE i END", "CASE WHEN i > 1500 THEN 9e999 ELSE i END",
        "'a' || (i / 300) || char(0) || i", "printf('%.*c', 3000, 'x') || i", "printf('%.*c', i, 'x')",
        "CAST(printf('%.*c', 3000, 'x') || i AS BLOB)"}) {
    BOOST_TEST_CONTEXT(key) {
      Database database(filled + key + " FROM n");
      const auto sizes =
          read_in_splits(database, R"("table": "t", "column": ["id"], "splitPk": "k")", {.records = 500}, 3000);
      // Those that differ in what a bound cannot hold stay together.
      const bool alike = std::string(key).find("3000") != std::string::npos;
      BOOST_TEST(sizes.size() >= (alike ? 1u : 3u));
    }
  }
}

BOOST_AUTO_TEST_CASE(without_rowid_an_integer_key_splits_and_another_does_not) {
  Database database(std::string("CREATE TABLE a (id INT PRIMARY KEY, x) WITHOUT ROWID; CREATE TABLE b (id TEXT PRIMARY "
                                "KEY, x) WITHOUT ROWID; ") +
                    numbers + "10000) INSERT INTO a SELECT i, 'x' FROM n; INSERT INTO b SELECT id, x FROM a");
  BOOST_TEST(read_in_splits(database, R"("table": "a", "column": ["id"])", {.records = 2000}, 10000).size() == 5u);
  BOOST_TEST(read_in_splits(database, R"("table": "b", "column": ["id"])", {.records = 2000}, 10000).size() == 1u);
  BOOST_TEST(
      read_in_splits(database, R"("table": "b", "column": ["id"], "splitPk": "id")", {.records = 2000}, 10000).size() ==
      5u);
}

BOOST_AUTO_TEST_CASE(a_column_without_an_index_is_not_used) {
  Database database(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, k INT, CHECK (k > 0)); CREATE INDEX partial ON t (k) WHERE k > 5");
  database.close();
  FakeContext context(parameters(database, R"("table": "t", "column": ["id"], "splitPk": "k")"),
                      SqliteReader::info.options);
  const SqliteReader reader(context.context());
  BOOST_REQUIRE_EQUAL(context.problems.size(), 1u);
  BOOST_TEST(context.problems[0].severity == SLUICE_PROBLEM_WARNING);
  BOOST_TEST(context.problems[0].message == "not used: no index of t starts with k");
}

BOOST_AUTO_TEST_CASE(rows_that_are_still_in_the_log_split_too) {
  Database database(
      std::string(
          "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (id INTEGER PRIMARY KEY); ") +
      numbers + "20000) INSERT INTO t SELECT i FROM n");
  // The connection stays open: nothing of the table is in the file itself.
  FakeContext context(parameters(database, R"("table": "t", "column": ["id"])"), SqliteReader::info.options);
  const auto result = read_all(context, {.records = 2000});
  BOOST_TEST(result.rows.size() == 20000u);
  BOOST_TEST(result.splits.size() >= 9u);
}

BOOST_AUTO_TEST_CASE(small_and_empty_tables_are_one_split) {
  Database database("CREATE TABLE t (id INTEGER PRIMARY KEY); CREATE TABLE e (x)");
  BOOST_TEST(read_in_splits(database, R"("table": "t", "column": ["id"])", {.lanes = 8}, 0).size() == 1u);
  BOOST_TEST(read_in_splits(database, R"("table": "e", "column": ["x"])", {.lanes = 8}, 0).size() == 1u);
}

BOOST_AUTO_TEST_CASE(random_tables_are_read_exactly_once) {
  const auto seed = std::random_device()();
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 5; ++round) {
    Database database("CREATE TABLE t (id INTEGER PRIMARY KEY, x BLOB)");
    sqlite3* db = database.open();
    database.run("BEGIN");
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(db, "INSERT OR IGNORE INTO t VALUES (?, zeroblob(?))", -1, &statement, nullptr);
    const auto count = 2000 + random() % 6000;
    for (uint64_t i = 0; i < count; ++i) {
      sqlite3_bind_int64(statement, 1,
                         static_cast<int64_t>(random() >> (random() % 60)) * (random() % 2 == 0 ? 1 : -1));
      sqlite3_bind_int64(statement, 2, static_cast<int64_t>(random() % 9000 * (random() % 20 == 0)));
      sqlite3_step(statement);
      sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
    database.run("COMMIT");
    const auto there = static_cast<size_t>(std::stoul(database.row("SELECT count(*) FROM t")));
    BOOST_TEST_CONTEXT("seed " << seed << " round " << round)
    read_in_splits(database, R"("table": "t", "column": ["id"])", {.lanes = 3, .records = 100 + random() % 1000},
                   there);
  }
}

BOOST_AUTO_TEST_SUITE_END()
