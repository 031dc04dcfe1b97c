// SPDX-License-Identifier: Apache-2.0
#include "sqlite/reader.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

#include "sqlite/database.hpp"
#include "sql/split_payload.hpp"
#include "sqlite/read_all.hpp"

using namespace sluice;
using namespace sluice::sqlite;
using namespace sluice::tests;

namespace {

using Lines = std::vector<std::string>;

struct Job {
  Job(Database& database, const std::string& more) : context(parameters(database, more), SqliteReader::info.options) {
    database.close();
  }
  FakeContext context;

  Lines rows(const ReadRequest& request = {}) { return read_all(context, request).rows; }
  // The error of opening.
  std::string failure() {
    try {
      SqliteReader reader(context.context());
      return "none";
    } catch (const Error& error) {
      return error.what();
    }
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(reader)

BOOST_AUTO_TEST_CASE(columns_constants_and_expressions) {
  Database database(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, \"order id\" TEXT, n INT); INSERT INTO t VALUES (1, 'a', 5), (2, NULL, "
      "6)");
  Job job(
      database,
      R"j("table": "T", "column": ["ID", "order id", "1", "'null'", "null", "true", "2.5", "n * 2", "upper('x')"])j");
  const auto result = read_all(job.context);
  BOOST_TEST(result.rows == (Lines{"1|a|1|null|NULL|true|2.5|10|X", "2|NULL|1|null|NULL|true|2.5|12|X"}),
             boost::test_tools::per_element());
  BOOST_TEST(result.schema[0].name == "id");
  BOOST_TEST(!result.schema[0].nullable);
  BOOST_TEST(result.schema[0].meta(SLUICE_META_KEY) == "1");
  BOOST_TEST((result.schema[2].type == type(TypeId::int64)));
  BOOST_TEST((result.schema[7].type == type(TypeId::utf8)));
}

BOOST_AUTO_TEST_CASE(star_where_and_ranges_of_tables) {
  Database database(
      "CREATE TABLE t_1 (a INT, b TEXT); CREATE TABLE t_2 (a INT, b TEXT);"
      "INSERT INTO t_1 VALUES (1, 'x'), (2, 'y'); INSERT INTO t_2 VALUES (3, 'z'), (4, NULL)");
  Job job(database, R"("table": "t_[1-2]", "column": ["*"], "where": "a = 1 or a >= 3 -- both")");
  const auto result = read_all(job.context);
  BOOST_TEST(result.rows == (Lines{"1|x", "3|z", "4|NULL"}), boost::test_tools::per_element());
  BOOST_TEST(result.schema[0].meta(SLUICE_META_ALL) == "1");
  BOOST_TEST(result.splits.size() == 2u);
}

BOOST_AUTO_TEST_CASE(queries_are_splits_that_are_not_stable) {
  Database database("CREATE TABLE t (a INT, b DATE); INSERT INTO t VALUES (1, '2024-02-29')");
  Job job(database,
          R"j("querySql": ["select a, b, count(*) as n from t;", "select 7, b, 2 from t where b is not null"])j");
  BOOST_TEST(job.failure() == "querySql[1]: column 1 differs: a INT in query 1, 7  in query 2");
  Job one(database, R"j("querySql": "select a, b, count(*) as n from t;")j");
  const auto result = read_all(one.context);
  BOOST_TEST(result.rows == (Lines{"1|2024-02-29|1"}), boost::test_tools::per_element());
  BOOST_TEST((result.schema[1].type == type(TypeId::date32)));
  BOOST_TEST(result.schema[2].name == "n");
  BOOST_TEST(!result.splits[0].stable);
}

BOOST_AUTO_TEST_CASE(views_and_generated_columns_are_read) {
  Database database(
      "CREATE TABLE t (a INT, b INT AS (a * 2)); INSERT INTO t VALUES (4); CREATE VIEW v AS SELECT a, b, a + b AS c "
      "FROM t");
  Job table(database, R"("table": "t", "column": ["*"])");
  BOOST_TEST(table.rows() == (Lines{"4|8"}), boost::test_tools::per_element());
  Job view(database, R"("table": "main.v", "column": ["c", "a"])");
  const auto result = read_all(view.context);
  BOOST_TEST(result.rows == (Lines{"12|4"}), boost::test_tools::per_element());
  BOOST_TEST(!result.splits[0].stable);
}

BOOST_AUTO_TEST_CASE(shards_in_several_files) {
  Database one("CREATE TABLE t (a INT); INSERT INTO t VALUES (1)");
  Database two("CREATE TABLE t (a INT); INSERT INTO t VALUES (2)");
  two.close();
  Job job(one, R"("column": ["a"], "connection": [{"table": "t"}, {"path": ")" + two.path + R"(", "table": ["t"]}])");
  const auto result = read_all(job.context);
  BOOST_TEST(result.rows == (Lines{"1", "2"}), boost::test_tools::per_element());
  BOOST_TEST(result.splits[0].key != result.splits[1].key);
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_named_with_what_there_is) {
  Database database("CREATE TABLE orders (id INTEGER PRIMARY KEY, name TEXT)");
  Job column(database, R"("table": "orders", "column": ["idd", "nam", "name"])");
  BOOST_TEST(column.failure() == "column[0]: no such column in orders: \"idd\" (did you mean \"id\"?)");
  BOOST_TEST(column.context.has_problem("column[1]: no such column in orders: \"nam\" (did you mean \"name\"?)"));
  Job table(database, R"("table": "order", "column": ["*"])");
  BOOST_TEST(table.failure() == "table: no such table in " + database.path + ": \"order\" (did you mean \"orders\"?)");
  BOOST_TEST(table.context.problems[0].advice == "its tables: orders");
  Job split(database, R"("table": "orders", "column": ["*"], "splitPk": "idd")");
  BOOST_TEST(split.failure() == "splitPk: no such column in orders: \"idd\" (did you mean \"id\"?)");
  Job where(database, R"("table": "orders", "column": ["*"], "where": "nme = 1")");
  BOOST_TEST(where.failure() == "where: no such column: nme");
  Job expression(database, R"j("table": "orders", "column": ["uper(name)"])j");
  BOOST_TEST(expression.failure() == "column: no such function: uper");
  Job query(database, R"("querySql": "delete from orders")");
  BOOST_TEST(query.failure() == "querySql: a query that does not just read");
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_never_made) {
  Database database;
  const std::string there = database.directory() + "/orders.db";
  std::ofstream(there).close();
  FakeContext context("{\"path\": \"" + database.directory() + "/order.db\", \"table\": \"t\", \"column\": [\"*\"]}",
                      SqliteReader::info.options);
  BOOST_CHECK_EXCEPTION(SqliteReader(context.context()), Error, [](const Error& error) {
    return error.code() == SLUICE_NOT_FOUND &&
           std::string(error.what()).find("(did you mean \"orders.db\"?)") != std::string::npos;
  });
  BOOST_TEST(!std::filesystem::exists(database.directory() + "/order.db"));
}

BOOST_AUTO_TEST_CASE(files_that_are_no_database) {
  Database database;
  std::ofstream(database.path) << std::string(4096, 'x');
  Job job(database, R"("table": "t", "column": ["*"])");
  BOOST_CHECK_EXCEPTION(SqliteReader(job.context.context()), Error, [&](const Error& error) {
    return error.code() == SLUICE_BAD_DATA && std::string(error.what()).find(database.path) != std::string::npos;
  });
  FakeContext directory("{\"path\": \"" + database.directory() + "\", \"table\": \"t\", \"column\": [\"*\"]}",
                        SqliteReader::info.options);
  BOOST_CHECK_EXCEPTION(SqliteReader(directory.context()), Error, [](const Error& error) {
    return std::string(error.what()).starts_with("a directory, not a database file");
  });
}

BOOST_AUTO_TEST_CASE(cells_that_break_the_declaration_are_dirty_records) {
  Database database(
      "CREATE TABLE t (i INTEGER, d DATE, b BOOLEAN, n DECIMAL(5,2), r REAL, x TEXT);"
      "INSERT INTO t VALUES (1, '2024-01-01', 1, 1.25, 1.5, 'ok'), ('abc', NULL, 0, 0, 0, ''),"
      "(2.5, NULL, 0, 0, 0, ''), (3, 'yesterday', 0, 0, 0, ''), (4, NULL, 2, 0, 0, ''),"
      "(5, NULL, 0, 1.234, 0, ''), (6, NULL, 0, 0, 'x', ''), (7, NULL, 0, 0, 0, x'00'),"
      "(8, NULL, 0, 0, 0, CAST(x'FF' AS TEXT)), (9, NULL, NULL, NULL, NULL, NULL)");
  Job job(database, R"("table": "t", "column": ["*"])");
  const auto rows = job.rows();
  BOOST_TEST(rows == (Lines{"1|2024-01-01|true|1.25|1.5|ok", "9|NULL|NULL|NULL|NULL|NULL"}),
             boost::test_tools::per_element());
  const auto& rejects = job.context.rejects;
  BOOST_REQUIRE_EQUAL(rejects.size(), 8u);
  Lines said;
  for (const auto& reject : rejects)
    said.push_back(std::to_string(reject.column) + " " + reject.code + " " + reject.raw);
  BOOST_TEST(said == (Lines{"0 type abc", "0 inexact 2.5", "1 parse yesterday", "2 type 2", "3 inexact 1.234",
                            "4 type x", "5 type x'00'", "5 encoding \xFF"}),
             boost::test_tools::per_element());
  BOOST_TEST(rejects[0].location == database.path + ": t, record 2");
  BOOST_TEST(rejects[0].message == "a text in a column declared as a number");
  BOOST_TEST(rejects[0].batch == -1);
}

BOOST_AUTO_TEST_CASE(a_cancelled_job_stops) {
  Database database("CREATE TABLE t (a INT); INSERT INTO t VALUES (1)");
  Job job(database, R"("table": "t", "column": ["*"])");
  SqliteReader reader(job.context.context());
  const auto task = reader.read(job.context.context(), plan_of(reader)[0]);
  job.context.cancelled = true;
  ArrowArray array{};
  BOOST_CHECK_EXCEPTION(task->next(&array), Error, [](const Error& error) { return error.code() == SLUICE_CANCELLED; });
}

BOOST_AUTO_TEST_CASE(batches_keep_to_the_target) {
  Database database(
      "CREATE TABLE t (a INT, b TEXT); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) "
      "INSERT INTO t SELECT i, printf('%.*c', 1000, 'x') FROM n");
  Job job(database, R"("table": "t", "column": ["*"])");
  const auto sizes = [&] {
    SqliteReader reader(job.context.context());
    const auto task = reader.read(job.context.context(), plan_of(reader)[0]);
    std::vector<int64_t> all;
    for (ArrowArray array{}; task->next(&array); array = {}) all.push_back(Batch(&array).size());
    return all;
  };
  job.context.target(40, 1 << 20);
  BOOST_TEST(sizes() == (std::vector<int64_t>{40, 40, 20}), boost::test_tools::per_element());
  job.context.target(8192, 50'000);
  BOOST_TEST(sizes().size() >= 2u);
  job.context.target(8192, 1);
  BOOST_TEST(sizes().size() == 100u);
}

BOOST_AUTO_TEST_CASE(one_snapshot_for_all_lanes) {
  Database database("PRAGMA journal_mode = WAL; CREATE TABLE t (a INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");
  Job job(database, R"("table": "t", "column": ["*"])");
  SqliteReader reader(job.context.context());
  const auto splits = plan_of(reader, {.lanes = 2, .consistent = true});
  database.run("INSERT INTO t VALUES (2)");
  for (int i = 0; i < 3; ++i) {
    const auto task = reader.read(job.context.context(), splits[0]);
    ArrowArray array{};
    BOOST_REQUIRE(task->next(&array));
    BOOST_TEST(Batch(&array).size() == 1);
    BOOST_TEST(!task->next(&array));
  }
  BOOST_TEST(job.context.notes["consistent"] == "yes");
  BOOST_TEST(job.context.notes["snapshot"] == "one snapshot of the file");
}

BOOST_AUTO_TEST_CASE(without_a_log_nobody_is_kept_from_writing_but_it_is_noticed) {
  Database database("CREATE TABLE t (a INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");
  Job job(database, R"("table": "t", "column": ["*"])");
  SqliteReader reader(job.context.context());
  const auto splits = plan_of(reader, {.lanes = 2, .consistent = true});
  const auto read = [&] {
    const auto task = reader.read(job.context.context(), splits[0]);
    for (ArrowArray array{}; task->next(&array); array = {}) const Batch batch(&array);
  };
  read();
  BOOST_TEST(job.context.notes["consistent"] == "yes");
  BOOST_TEST(job.context.notes["snapshot"] == "nobody wrote to the file");
  database.run("INSERT INTO t VALUES (2)");
  read();
  BOOST_TEST(job.context.notes["consistent"] == "no");
  BOOST_TEST(job.context.notes["snapshot"] == "somebody wrote to the file while it was read");
}

BOOST_AUTO_TEST_CASE(more_columns_than_a_function_takes) {
  std::string columns, values;
  for (int i = 0; i < 150; ++i) {
    columns += (i == 0 ? "c" : ", c") + std::to_string(i) + " INT";
    values += (i == 0 ? "" : ", ") + std::to_string(i);
  }
  Database database("CREATE TABLE t (" + columns + "); INSERT INTO t VALUES (" + values + ")");
  Job job(database, R"("table": "t", "column": ["*"])");
  const auto rows = job.rows();
  BOOST_REQUIRE_EQUAL(rows.size(), 1u);
  BOOST_TEST(rows[0].starts_with("0|1|2|"));
  BOOST_TEST(rows[0].ends_with("|148|149"));
}

BOOST_AUTO_TEST_CASE(the_statement_of_a_split_is_explained) {
  Database database("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)");
  Job job(database, R"("table": "t", "column": ["b", "1"], "where": "b > 'x'")");
  SqliteReader reader(job.context.context());
  const auto splits = plan_of(reader);
  std::string said;
  const SluiceTextSink sink{
      sizeof(SluiceTextSink), &said,
      [](const SluiceTextSink* to, SluiceString what, SluiceString subject, SluiceString text) noexcept {
        *static_cast<std::string*>(to->host) +=
            std::string(view(what)) + "|" + std::string(view(subject)) + "|" + std::string(view(text));
      }};
  reader.explain(&splits[0], TextSink(&sink));
  BOOST_TEST(said == "read|t|SELECT \"b\", 1 FROM \"t\" WHERE (b > 'x')");
}

BOOST_AUTO_TEST_CASE(a_split_that_cannot_be_begun_costs_no_snapshot) {
  Database database("PRAGMA journal_mode = WAL; CREATE TABLE t (a INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");
  FakeContext context(parameters(database, R"("table": "t", "column": ["a"])"), SqliteReader::info.options);
  SqliteReader reader(context.context());
  const auto splits = plan_of(reader, {.consistent = true});
  BOOST_REQUIRE_EQUAL(splits.size(), 1u);
  database.run("INSERT INTO t VALUES (2)");
  Split wrong = splits[0];
  wrong.payload = sql::encode_payload({"0", "oops(", {}});
  BOOST_CHECK_THROW(reader.read(context.context(), wrong), Error);
  const auto task = reader.read(context.context(), splits[0]);
  // Another one at the same time has no part in the snapshot, and that is told.
  const auto other = reader.read(context.context(), splits[0]);
  ArrowArray array{};
  BOOST_REQUIRE(task->next(&array));
  BOOST_TEST(Batch(&array).size() == 1);
  BOOST_REQUIRE(other->next(&array));
  BOOST_TEST(Batch(&array).size() == 2);
  BOOST_TEST(!task->next(&array));
  BOOST_TEST(context.notes["consistent"] == "no");
}

BOOST_AUTO_TEST_SUITE_END()
