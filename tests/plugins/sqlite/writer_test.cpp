// SPDX-License-Identifier: Apache-2.0
#include "sqlite/writer.hpp"

#include <boost/test/unit_test.hpp>

#include "sqlite/write_all.hpp"

using namespace sluice;
using namespace sluice::sqlite;
using namespace sluice::tests;

namespace {

using Lines = std::vector<std::string>;

const Schema two = schema_of({type(TypeId::int64), type(TypeId::utf8)});

using Row = std::pair<int64_t, std::string>;

std::function<void(BatchBuilder&)> rows(const std::vector<Row>& list) {
  return [list](BatchBuilder& builder) {
    for (const auto& [id, name] : list) {
      builder.column(0).append<int64_t>(id);
      builder.column(1).append_text(name);
    }
  };
}

// A table with records 1 and 2; the job writes 2, 3 and 2 again.
struct Conflicts {
  explicit Conflicts(const std::string& more)
      : database(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, kept TEXT DEFAULT 'd');"
            "INSERT INTO t VALUES (1, 'one', 'k'), (2, 'two', 'k')"),
        job(database, R"("table": "t", "column": ["id", "name"])" + more) {
    job.run(two, {rows({{2, "new"}, {3, "three"}}), rows({{2, "newer"}})});
  }
  Lines there() { return database.rows("SELECT * FROM t ORDER BY id"); }

  Database database;
  WriteJob job;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(writer)

BOOST_AUTO_TEST_CASE(insert_refuses_conflicts) {
  Conflicts conflicts("");
  BOOST_TEST(conflicts.there() == (Lines{"1|one|k", "2|two|k", "3|three|d"}), boost::test_tools::per_element());
  const auto& rejects = conflicts.job.context.rejects;
  BOOST_REQUIRE_EQUAL(rejects.size(), 2u);
  BOOST_TEST(rejects[0].batch == 0);
  BOOST_TEST(rejects[0].row == 0);
  BOOST_TEST(rejects[0].column == 0);
  BOOST_TEST(rejects[0].code == "conflict");
  BOOST_TEST(rejects[0].message == "UNIQUE constraint failed: t.id");
  BOOST_TEST(rejects[1].batch == 1);
}

BOOST_AUTO_TEST_CASE(ignore_skips_conflicts) {
  Conflicts conflicts(R"(, "writeMode": "ignore")");
  BOOST_TEST(conflicts.there() == (Lines{"1|one|k", "2|two|k", "3|three|d"}), boost::test_tools::per_element());
  BOOST_TEST(conflicts.job.context.rejects.empty());
  BOOST_TEST(conflicts.job.context.skipped == 2u);
}

BOOST_AUTO_TEST_CASE(ignore_skips_nothing_else) {
  Database database("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT CHECK (length(name) < 4))");
  WriteJob job(database, R"("table": "t", "column": ["id", "name"], "writeMode": "ignore")");
  job.run(two, {rows({{1, "ok"}, {2, "long"}, {1, "ok"}})});
  BOOST_TEST(job.context.rejected_rows() == (std::vector<int64_t>{1}), boost::test_tools::per_element());
  BOOST_TEST(job.context.rejects[0].code == "check");
  BOOST_TEST(job.context.skipped == 1u);
}

BOOST_AUTO_TEST_CASE(replace_puts_new_records_in_the_place_of_old_ones) {
  Conflicts conflicts(R"(, "writeMode": "replace")");
  BOOST_TEST(conflicts.there() == (Lines{"1|one|k", "2|newer|d", "3|three|d"}), boost::test_tools::per_element());
  BOOST_TEST(conflicts.job.context.rejects.empty());
}

BOOST_AUTO_TEST_CASE(update_keeps_the_columns_that_are_not_written) {
  Conflicts conflicts(R"(, "writeMode": "update")");
  BOOST_TEST(conflicts.there() == (Lines{"1|one|k", "2|newer|k", "3|three|d"}), boost::test_tools::per_element());
  BOOST_TEST(conflicts.job.context.skipped == 0u);
}

BOOST_AUTO_TEST_CASE(update_changes_the_columns_that_are_asked_for) {
  Database database(
      "CREATE TABLE t (id INT, a TEXT, b TEXT); CREATE UNIQUE INDEX ti ON t (id); INSERT INTO t VALUES (1, 'x', 'y')");
  WriteJob job(database, R"("table": "t", "column": ["id", "a", "b"], "writeMode": "update", "updateColumn": ["B"])");
  job.run(schema_of({type(TypeId::int64), type(TypeId::utf8), type(TypeId::utf8)}), {[](BatchBuilder& builder) {
            builder.column(0).append<int64_t>(1);
            builder.column(1).append_text("new");
            builder.column(2).append_text("new");
          }});
  BOOST_TEST(database.row("SELECT * FROM t") == "1|x|new");
}

BOOST_AUTO_TEST_CASE(update_needs_a_key) {
  Database database("CREATE TABLE t (id INT, name TEXT); CREATE UNIQUE INDEX partial ON t (id) WHERE id > 5");
  WriteJob job(database, R"("table": "t", "column": ["id", "name"], "writeMode": "update")");
  BOOST_TEST(job.problem(two) == "writeMode: update needs a primary or unique key among the columns to write: t");
}

BOOST_AUTO_TEST_CASE(statements_before_and_after_with_the_table_in_them) {
  Database database(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO t VALUES (9, '@table'); CREATE TABLE log (what "
      "TEXT)");
  WriteJob job(
      database,
      R"j("table": "t", "column": ["*"], "preSql": ["DELETE FROM @table; INSERT INTO log VALUES ('before @table')",
               "CREATE TRIGGER tr AFTER INSERT ON @table BEGIN INSERT INTO log VALUES (new.name); END"],
               "postSql": "INSERT INTO log SELECT 'after ' || count(*) FROM @table")j",
      SLUICE_PRESQL);
  job.run(two, {rows({{1, "one"}, {2, "two"}})});
  BOOST_TEST(database.rows("SELECT what FROM log") == (Lines{"before @table", "one", "two", "after 2"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(presql_may_make_the_file_and_the_table) {
  Database database;
  WriteJob job(
      database,
      R"j("table": "t", "column": ["id", "name"], "preSql": "CREATE TABLE IF NOT EXISTS @table (id INTEGER, name TEXT)")j",
      SLUICE_PRESQL);
  BOOST_TEST(job.plan(two).target_missing);
  BOOST_TEST(!database.exists());
  job.run(two, {rows({{1, "one"}})});
  BOOST_TEST(database.row("SELECT * FROM t") == "1|one");
  // The journal is what it was: no other file stays.
  database.close();
  BOOST_TEST(!std::filesystem::exists(database.path + "-wal"));
  BOOST_TEST(database.row("PRAGMA journal_mode") == "delete");
}

BOOST_AUTO_TEST_CASE(a_presql_that_fails_leaves_nothing) {
  Database fresh;
  WriteJob first(
      fresh, R"j("table": "t", "column": ["id", "name"], "preSql": ["CREATE TABLE t (id INT, name TEXT)", "oops"])j",
      SLUICE_PRESQL);
  BOOST_CHECK_EXCEPTION(first.run(two, {}), Error, [](const Error& error) {
    return std::string(error.what()).starts_with("preSql[1]: near \"oops\": syntax error");
  });
  BOOST_TEST(!fresh.exists());
  Database database("CREATE TABLE t (id INT, name TEXT); INSERT INTO t VALUES (1, 'x')");
  WriteJob second(database, R"("table": "t", "column": ["*"], "preSql": ["DELETE FROM t", "DELETE FROM u"])",
                  SLUICE_PRESQL);
  BOOST_CHECK_EXCEPTION(second.run(two, {}), Error, [](const Error& error) {
    return std::string(error.what()).starts_with("preSql[1]: no such table: u");
  });
  BOOST_TEST(database.row("SELECT count(*) FROM t") == "1");
  BOOST_TEST(database.row("PRAGMA journal_mode") == "delete");
}

BOOST_AUTO_TEST_CASE(all_problems_of_the_table_at_once) {
  Database database("CREATE TABLE orders (id INTEGER PRIMARY KEY, name TEXT NOT NULL, total INT AS (id) , note TEXT)");
  WriteJob columns(database, R"("table": "orders", "column": ["nam", "total"])");
  columns.problem(two);
  BOOST_TEST(columns.context.has_problem("column[0]: no such column in orders: \"nam\" (did you mean \"name\"?)"));
  BOOST_TEST(columns.context.has_problem("column[1]: a computed column cannot be written: total"));
  WriteJob required(database, R"("table": "orders", "column": ["id", "note"])");
  BOOST_TEST(required.problem(two) == "column: a NOT NULL column without default is not written: orders.name");
  WriteJob table(database, R"("table": "order", "column": ["*"])");
  BOOST_TEST(table.problem(two) ==
             "table: no such table in " + database.path + ": \"order\" (did you mean \"orders\"?)");
  BOOST_TEST(table.context.problems[0].advice == "its tables: orders; preSql may create it");
  Database missing;
  WriteJob file(missing, R"("table": "t", "column": ["*"])");
  BOOST_TEST(file.problem(two) == "no such database file: " + missing.path);
  BOOST_TEST(!missing.exists());
}

BOOST_AUTO_TEST_CASE(the_wanted_schema_says_what_the_table_requires) {
  Database database("CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(5) NOT NULL DEFAULT 'x', day DATE)");
  WriteJob job(database, R"("table": "t", "column": ["day", "name", "id"])");
  const auto plan = job.plan(schema_of({type(TypeId::utf8), type(TypeId::utf8), type(TypeId::utf8)}));
  BOOST_TEST(plan.max_tasks == 1u);
  BOOST_TEST(!plan.doubles_on_rerun);
  BOOST_TEST((plan.wanted[0].type == type(TypeId::date32)));
  BOOST_TEST(plan.wanted[1].meta(SLUICE_META_REQUIRED) == "1");
  BOOST_TEST(plan.wanted[1].meta(SLUICE_META_DEFAULT) == "1");
  BOOST_TEST(plan.wanted[2].meta(SLUICE_META_REQUIRED) == "");
  BOOST_TEST((plan.wanted[2].type == type(TypeId::int64)));
  WriteJob doubling(database, R"("table": "t", "column": ["name"])");
  BOOST_TEST(doubling.plan(schema_of({type(TypeId::utf8)})).doubles_on_rerun);
}

BOOST_AUTO_TEST_CASE(a_split_is_there_as_a_whole_or_not_at_all) {
  Database database("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)");
  WriteJob job(database, R"("table": "t", "column": ["*"])");
  SqliteWriter writer(job.context.context());
  const Schema wanted = writer.describe(two).wanted;
  writer.prepare(false);
  auto task = writer.start(job.context.context());
  task->write(batch_of(wanted, rows({{1, "one"}})), 0);
  BOOST_TEST(database.row("SELECT count(*) FROM t") == "0");
  task->abort();
  task.reset();
  BOOST_TEST(database.row("SELECT count(*) FROM t") == "0");
  task = writer.start(job.context.context());
  task->write(batch_of(wanted, rows({{1, "one"}})), 0);
  task->write(batch_of(wanted, rows({{2, "two"}})), 1);
  task->flush();
  task->commit({});
  BOOST_TEST(database.row("SELECT count(*) FROM t") == "2");
}

BOOST_AUTO_TEST_CASE(marks_answer_for_exactly_once) {
  Database database("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)");
  WriteJob job(database, R"("table": "t", "column": ["*"])");
  job.context.delivery(SLUICE_EXACTLY_ONCE);
  SqliteWriter writer(job.context.context());
  const auto plan = writer.describe(two);
  BOOST_TEST(plan.delivery == SLUICE_EXACTLY_ONCE);
  BOOST_TEST(plan.ddl.starts_with("CREATE TABLE IF NOT EXISTS sluice_commit"));
  BOOST_TEST(writer.committed("s1", 1, "").answer == SLUICE_COMMITTED_NO);
  writer.prepare(false);
  auto task = writer.start(job.context.context());
  task->write(batch_of(plan.wanted, rows({{1, "one"}})), 0);
  task->flush();
  SluiceCounters counters{};
  counters.read = 3;
  counters.written = 1;
  counters.bytes = 99;
  task->commit(counters);
  task.reset();
  SqliteWriter later(job.context.context());
  const auto found = later.committed("s1", 2, "");
  BOOST_TEST(found.answer == SLUICE_COMMITTED_YES);
  BOOST_TEST(found.counters.read == 3u);
  BOOST_TEST(found.counters.bytes == 99u);
  BOOST_TEST(later.committed("s2", 1, "").answer == SLUICE_COMMITTED_NO);
  writer.complete();
  writer.complete();
  // Until the host has it down that the run is complete.
  BOOST_TEST(writer.committed("s1", 1, "").answer == SLUICE_COMMITTED_YES);
  writer.forget(job.context.context().run_id());
  writer.forget(job.context.context().run_id());
  BOOST_TEST(database.row("SELECT count(*) FROM sqlite_schema WHERE name = 'sluice_commit'") == "0");
}

BOOST_AUTO_TEST_CASE(a_split_without_records_leaves_its_mark_too) {
  Database database("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)");
  WriteJob job(database, R"("table": "t", "column": ["*"])");
  job.context.delivery(SLUICE_EXACTLY_ONCE);
  SqliteWriter writer(job.context.context());
  writer.describe(two);
  writer.prepare(false);
  auto task = writer.start(job.context.context());
  task->flush();
  task->commit({});
  task.reset();
  BOOST_TEST(writer.committed("s1", 1, "").answer == SLUICE_COMMITTED_YES);
}

BOOST_AUTO_TEST_CASE(without_marks_nothing_is_made_and_nothing_known) {
  Conflicts conflicts("");
  BOOST_TEST(conflicts.database.row("SELECT count(*) FROM sqlite_schema WHERE name = 'sluice_commit'") == "0");
  SqliteWriter writer(conflicts.job.context.context());
  BOOST_TEST(writer.committed("s1", 1, "").answer == SLUICE_COMMITTED_UNKNOWN);
}

BOOST_AUTO_TEST_CASE(create_table_for_what_arrives) {
  Database database("CREATE TABLE other (x)");
  WriteJob job(database, R"("table": "new", "column": ["id", "price", "at"])", SLUICE_PRESQL);
  Schema input;
  input.add(Field{"a", type(TypeId::int64), false}.with(SLUICE_META_KEY, "1"));
  input.add({"b", decimal(38, 10)});
  input.add({"c", wall_clock()});
  SqliteWriter writer(job.context.context());
  std::string said;
  const SluiceTextSink sink{sizeof(SluiceTextSink), &said,
                            [](const SluiceTextSink* to, SluiceString what, SluiceString, SluiceString text) noexcept {
                              if (view(what) == "create table") *static_cast<std::string*>(to->host) = view(text);
                            }};
  writer.create_table(input, TextSink(&sink));
  BOOST_TEST(said ==
             "CREATE TABLE \"new\" (\"id\" INTEGER NOT NULL, \"price\" TEXT, \"at\" TIMESTAMP, PRIMARY KEY (\"id\"))");
  writer.execute(said);
  BOOST_TEST(!writer.describe(input).target_missing);
}

BOOST_AUTO_TEST_SUITE_END()
