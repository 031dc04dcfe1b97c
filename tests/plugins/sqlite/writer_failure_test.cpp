// SPDX-License-Identifier: Apache-2.0
// What goes wrong while records are written: bad records are named, everything else fails the split.
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>

#include "sqlite/write_all.hpp"

using namespace sluice;
using namespace sluice::sqlite;
using namespace sluice::tests;

namespace {

const Schema two_numbers = schema_of({type(TypeId::int64), type(TypeId::int64)});

// `count` records (row, value(row)).
std::function<void(BatchBuilder&)> two_columns(int64_t count, const std::function<int64_t(int64_t)>& value) {
  return [=](BatchBuilder& builder) {
    for (int64_t row = 0; row < count; ++row) {
      builder.column(0).append<int64_t>(row);
      builder.column(1).append<int64_t>(value(row));
    }
  };
}

// Writes 8,192 records, bad where `is_bad`; compares what is refused and what is there.
void check_narrowing(const std::string& table, const std::string& code, const std::function<bool(int64_t)>& is_bad) {
  constexpr int64_t count = 8192;
  Database database(table);
  WriteJob job(database, R"("table": "t", "column": ["id", "v"])");
  job.run(two_numbers, {two_columns(count, [&](int64_t row) { return is_bad(row) ? -1 : row; })});
  std::vector<int64_t> bad;
  for (int64_t row = 0; row < count; ++row)
    if (is_bad(row)) bad.push_back(row);
  const auto refused = job.context.rejected_rows();
  BOOST_TEST(refused.size() == bad.size());
  BOOST_TEST((refused == bad));
  if (!job.context.rejects.empty()) BOOST_TEST(job.context.rejects[0].code == code);
  BOOST_TEST(
      database.row("SELECT count(*) || ' ' || (count(DISTINCT id) = count(*)) || ' ' || coalesce(min(v), 0) FROM t") ==
      std::to_string(count - static_cast<int64_t>(bad.size())) + " 1 " +
          (is_bad(0) && is_bad(1) ? "2"
           : is_bad(0)            ? "1"
                                  : "0"));
}

constexpr const char* checked = "CREATE TABLE t (id INTEGER PRIMARY KEY, v INT CHECK (v >= 0))";

bool is_conflict(const Error& error) {
  return error.code() == SLUICE_CONFLICT && (error.flags() & SLUICE_RETRYABLE) != 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(writer_failure)

BOOST_AUTO_TEST_CASE(one_bad_record_of_8192) {
  for (const int64_t bad : {int64_t{0}, int64_t{4000}, int64_t{8191}})
    check_narrowing(checked, "check", [=](int64_t row) { return row == bad; });
}

BOOST_AUTO_TEST_CASE(every_second_record_of_8192) {
  check_narrowing(checked, "check", [](int64_t row) { return row % 2 == 0; });
}

BOOST_AUTO_TEST_CASE(no_row_is_named_when_there_is_a_trigger) {
  const std::string table =
      std::string(checked) +
      "; CREATE TABLE log (x); CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.id); END";
  check_narrowing(table, "check", [](int64_t row) { return row == 5000; });
  check_narrowing(table, "check", [](int64_t row) { return row % 2 == 1; });
}

BOOST_AUTO_TEST_CASE(a_trigger_that_refuses) {
  check_narrowing(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, v INT); CREATE TRIGGER tr BEFORE INSERT ON t WHEN new.v < 0 BEGIN "
      "SELECT RAISE(ABORT, 'no'); END",
      "constraint", [](int64_t row) { return row % 100 == 99; });
}

BOOST_AUTO_TEST_CASE(foreign_keys) {
  Database database(
      "CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1); CREATE TABLE t (id INTEGER PRIMARY KEY, v "
      "INT REFERENCES p (id))");
  WriteJob job(database, R"("table": "t", "column": ["id", "v"], "session": "PRAGMA foreign_keys = ON")");
  job.run(two_numbers, {two_columns(1000, [](int64_t row) { return row % 100 == 7 ? 2 : 1; })});
  BOOST_TEST(job.context.rejected_rows().size() == 10u);
  BOOST_TEST(job.context.rejects[0].code == "foreign-key");
  BOOST_TEST(database.row("SELECT count(*) FROM t") == "990");
}

BOOST_AUTO_TEST_CASE(deferred_foreign_keys_are_known_before_the_commit) {
  Database database(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, v INT REFERENCES t (id) DEFERRABLE INITIALLY DEFERRED, CHECK (v <> "
      "-5))");
  WriteJob job(database, R"("table": "t", "column": ["id", "v"], "session": "PRAGMA foreign_keys = ON")");
  // 0 to 2999: each refers to the next one, which comes later, in another batch at last. 2999 refers to nothing, and
  // so do, in the end, all that lead to it: down to 1501. 1500 closes the ring of the others. 700 is bad in itself.
  const auto part = [](int64_t from, int64_t to) {
    return [=](BatchBuilder& builder) {
      for (int64_t id = from; id < to; ++id) {
        builder.column(0).append<int64_t>(id);
        builder.column(1).append<int64_t>(id == 700 ? -5 : id == 699 || id == 1500 ? 0 : id + 1);
      }
    };
  };
  job.run(two_numbers, {part(0, 2000), part(2000, 3000)});
  const auto first = job.context.rejected_rows(0), second = job.context.rejected_rows(1);
  BOOST_TEST(first.size() == 500u);  // 700 and 1501 to 1999
  BOOST_TEST(second.size() == 1000u);
  BOOST_TEST(first.front() == 700);
  BOOST_TEST(first[1] == 1501);
  BOOST_TEST(database.row("SELECT count(*), max(id) FROM t") == "1500|1500");
  BOOST_TEST(database.rows("PRAGMA foreign_key_check").empty());
}

// Verdicts are due before the split ends: what was written up to then stays.
BOOST_AUTO_TEST_CASE(deferred_foreign_keys_of_a_split_in_several_pieces) {
  Database database(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, v INT REFERENCES t (id) DEFERRABLE INITIALLY DEFERRED); INSERT INTO t "
      "VALUES (-1, -1)");
  WriteJob job(database, R"("table": "t", "column": ["id", "v"], "session": "PRAGMA foreign_keys = ON")");
  SqliteWriter writer(job.context.context());
  const Schema wanted = writer.describe(two_numbers).wanted;
  writer.prepare(false);
  auto task = writer.start(job.context.context());
  const auto piece = [&](int64_t ordinal, int64_t first, const std::vector<int64_t>& refers) {
    task->write(batch_of(wanted,
                         [&](BatchBuilder& builder) {
                           for (size_t i = 0; i < refers.size(); ++i) {
                             builder.column(0).append<int64_t>(first + static_cast<int64_t>(i));
                             builder.column(1).append<int64_t>(refers[i]);
                           }
                         }),
                ordinal);
    task->flush();
  };
  piece(0, 0, {-1, 0, 1});     // all is well
  piece(1, 10, {0, 99, 2});    // 11 refers to nothing
  piece(2, 20, {10, 11, 22});  // 21 refers to one that was refused
  task->commit({});
  task.reset();
  writer.complete();
  BOOST_TEST(job.context.rejected_rows(0).empty());
  BOOST_TEST(job.context.rejected_rows(1) == std::vector<int64_t>{1});
  BOOST_TEST(job.context.rejected_rows(2) == std::vector<int64_t>{1});
  BOOST_TEST(database.row("SELECT group_concat(id, ' ') FROM (SELECT id FROM t ORDER BY id)") ==
             "-1 0 1 2 10 12 20 22");
  BOOST_TEST(database.rows("PRAGMA foreign_key_check").empty());
}

// To take it away again would not bring back the record whose place it has taken.
BOOST_AUTO_TEST_CASE(an_orphan_that_replaces_a_record_fails_the_split) {
  Database database(
      "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, v INT REFERENCES p (id) "
      "DEFERRABLE INITIALLY DEFERRED); INSERT INTO t VALUES (0, NULL)");
  WriteJob job(
      database,
      R"("table": "t", "column": ["id", "v"], "session": "PRAGMA foreign_keys = ON", "writeMode": "replace")");
  BOOST_CHECK_EXCEPTION(job.run(two_numbers, {two_columns(1, [](int64_t) { return 1; })}), Error, [](const Error& error) {
    return std::string(error.what()).find("no record of it is to blame") != std::string::npos;
  });
  BOOST_TEST(database.row("SELECT id || quote(v) FROM t") == "0NULL");
}

BOOST_AUTO_TEST_CASE(an_open_key_that_nobody_is_to_blame_for_fails_the_split) {
  Database database(
      "CREATE TABLE p (id INTEGER PRIMARY KEY, x INT); INSERT INTO p VALUES (1, 1); CREATE TABLE c (p INT REFERENCES p "
      "(x) "
      "DEFERRABLE INITIALLY DEFERRED); CREATE UNIQUE INDEX px ON p (x); INSERT INTO c VALUES (1); CREATE TABLE t (id "
      "INT, v "
      "INT REFERENCES p (id)); CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE p SET x = 2; END");
  WriteJob job(database, R"("table": "t", "column": ["id", "v"], "session": "PRAGMA foreign_keys = ON")");
  BOOST_CHECK_EXCEPTION(job.run(two_numbers, {two_columns(10, [](int64_t) { return 1; })}), Error, [](const Error& error) {
    return std::string(error.what()).find("no record of it is to blame") != std::string::npos;
  });
  BOOST_TEST(database.row("SELECT count(*) FROM t") == "0");
}

BOOST_AUTO_TEST_CASE(strict_tables_refuse_types) {
  Database database("CREATE TABLE t (id INT, v ANY, d DATE) ");
  database.run("DROP TABLE t; CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT) STRICT");
  WriteJob job(database, R"("table": "t", "column": ["id", "v"])");
  job.run(two_numbers, {[](BatchBuilder& builder) {
            builder.column(0).append<int64_t>(1);
            builder.column(1).append_text("x");
          }});
  BOOST_TEST(database.row("SELECT * FROM t") == "1|x");
}

// Arrow allows it where nothing is in the buffer.
BOOST_AUTO_TEST_CASE(empty_texts_without_a_buffer_are_not_null) {
  Database database("CREATE TABLE t (id INT, v TEXT NOT NULL)");
  WriteJob job(database, R"("table": "t", "column": ["id", "v"])");
  SqliteWriter writer(job.context.context());
  const Schema wanted = writer.describe(schema_of({type(TypeId::int64), type(TypeId::utf8)})).wanted;
  auto task = writer.start(job.context.context());
  Batch batch = batch_of(wanted, [](BatchBuilder& builder) {
    builder.column(0).append<int64_t>(1);
    builder.column(1).append_text("");
  });
  batch.raw().children[1]->buffers[2] = nullptr;
  task->write(std::move(batch), 0);
  task->flush();
  task->commit({});
  BOOST_TEST(database.row("SELECT quote(v) FROM t") == "''");
}

BOOST_AUTO_TEST_CASE(a_trigger_that_rolls_back_everything_fails_the_split) {
  Database database(
      "CREATE TABLE t (id INT, v INT); CREATE TRIGGER tr BEFORE INSERT ON t WHEN new.v < 0 BEGIN SELECT "
      "RAISE(ROLLBACK, 'no'); END");
  WriteJob job(database, R"("table": "t", "column": ["id", "v"])");
  BOOST_CHECK_EXCEPTION(
      job.run(two_numbers, {two_columns(10, [](int64_t row) { return row == 5 ? -1 : 1; })}), Error, [](const Error& error) {
        return std::string(error.what()).find("rolled the whole transaction back") != std::string::npos;
      });
  BOOST_TEST(database.row("SELECT count(*) FROM t") == "0");
}

BOOST_AUTO_TEST_CASE(a_locked_database_is_a_conflict_that_may_pass) {
  Database database("CREATE TABLE t (id INT, v INT)");
  WriteJob job(database, R"("table": "t", "column": ["id", "v"], "busyTimeout": 50)");
  SqliteWriter writer(job.context.context());
  const Schema wanted = writer.describe(two_numbers).wanted;
  writer.prepare(false);
  database.run("BEGIN IMMEDIATE");
  auto task = writer.start(job.context.context());
  BOOST_CHECK_EXCEPTION(
      task->write(batch_of(wanted, two_columns(1, [](int64_t) { return 1; })), 0), Error, [&](const Error& error) {
        const std::string text = error.what();
        return is_conflict(error) && text.find("database is locked: " + database.path) != std::string::npos;
      });
  task->abort();
  task.reset();
  database.run("COMMIT");
  task = writer.start(job.context.context());
  task->write(batch_of(wanted, two_columns(1, [](int64_t) { return 1; })), 0);
  task->flush();
  task->commit({});
  BOOST_TEST(database.row("SELECT count(*) FROM t") == "1");
}

BOOST_AUTO_TEST_CASE(waiting_for_a_lock_ends_with_the_job) {
  Database database("CREATE TABLE t (id INT, v INT)");
  WriteJob job(database, R"("table": "t", "column": ["id", "v"], "busyTimeout": 600000)");
  SqliteWriter writer(job.context.context());
  const Schema wanted = writer.describe(two_numbers).wanted;
  writer.prepare(false);
  database.run("BEGIN IMMEDIATE");
  auto task = writer.start(job.context.context());
  job.context.cancelled = true;
  BOOST_CHECK_THROW(task->write(batch_of(wanted, two_columns(1, [](int64_t) { return 1; })), 0), Error);
  task->abort();
  database.run("ROLLBACK");
}

BOOST_AUTO_TEST_CASE(a_disk_that_is_full_fails_the_split_and_leaves_nothing) {
  Database database("CREATE TABLE t (id INTEGER PRIMARY KEY, v INT)");
  WriteJob job(database, R"("table": "t", "column": ["id", "v"], "session": "PRAGMA max_page_count = 3")");
  BOOST_CHECK_EXCEPTION(job.run(two_numbers, {two_columns(8192, [](int64_t row) { return row; })}), Error,
                        [](const Error& error) {
                          return error.code() == SLUICE_IO && error.flags() == SLUICE_RETRYABLE;
                        });
  BOOST_TEST(database.row("SELECT count(*) FROM t") == "0");
}

BOOST_AUTO_TEST_CASE(a_file_that_another_job_has_made_meanwhile_stays) {
  Database database;
  WriteJob job(database, R"j("table": "t", "column": ["id", "v"], "preSql": ["CREATE TABLE t (id INT, v INT)"])j",
               SLUICE_PRESQL);
  SqliteWriter writer(job.context.context());
  writer.describe(two_numbers);
  database.run("CREATE TABLE t (id INT, v INT); INSERT INTO t VALUES (1, 1)");
  database.close();
  BOOST_CHECK_THROW(writer.prepare(false), Error);
  BOOST_TEST(database.exists());
  BOOST_TEST(database.row("SELECT count(*) FROM t") == "1");
}

BOOST_AUTO_TEST_CASE(a_table_that_presql_changes_is_noticed) {
  Database database("CREATE TABLE t (id INTEGER PRIMARY KEY, v INT)");
  WriteJob same(
      database,
      R"j("table": "t", "column": ["id", "v"], "preSql": "DROP TABLE t; CREATE TABLE t (id INTEGER PRIMARY KEY, v INT NOT NULL)")j",
      SLUICE_PRESQL);
  same.run(two_numbers, {two_columns(3, [](int64_t row) { return row; })});
  BOOST_TEST(database.row("SELECT count(*) FROM t") == "3");
  WriteJob other(
      database,
      R"j("table": "t", "column": ["id", "v"], "preSql": "DROP TABLE t; CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)")j",
      SLUICE_PRESQL);
  BOOST_CHECK_EXCEPTION(other.run(two_numbers, {}), Error, [](const Error& error) {
    return std::string(error.what()).starts_with("the table has changed since it was described");
  });
}

BOOST_AUTO_TEST_SUITE_END()
