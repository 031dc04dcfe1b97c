# SPDX-License-Identifier: Apache-2.0
"""SQLite as source and as destination, through the binary: values, write modes, narrowing, locks."""
import csv
import json
import sqlite3

import pytest

from conftest import job

COLUMNS = {"id": "long", "big": "ulong", "amount": "decimal(38,10)", "at": "timestamp", "name": "string", "ratio": "double",
           "flag": "boolean"}
EXACT = [  # as text in csv; the last record is NULL but for its id
    ("-9223372036854775808", "0", "-9999999999999999999999999999.9999999999", "0001-01-01 00:00:00", "", "5e-324", "true"),
    ("9223372036854775807", "18446744073709551615", "0.0000000001", "9999-12-31 23:59:59.999999",
     '😀 ü "quoted", comma', "-1.7976931348623157e+308", "false"),
    ("0", "9223372036854775808", "12345678901234567890.1234567891", "1969-12-31 23:59:59.000001", "two\nlines", "0.1", "true"),
    ("1", None, None, None, None, None, None),
]


@pytest.fixture
def database(sluice):
    """Opens the file shop.db of the job's directory: database(sql, ...) runs a script, rows(sql) asks."""
    class Shop:
        path = sluice.directory / "shop.db"

        def script(self, sql):
            with self.open() as connection:
                connection.executescript(sql)
            connection.close()

        def open(self):
            return sqlite3.connect(self.path, isolation_level=None)

        def rows(self, sql):
            connection = self.open()
            try:
                return connection.execute(sql).fetchall()
            finally:
                connection.close()

    return Shop()


def copy(reader=None, writer=None, setting=None):
    """A job from table `source` to table `target` of shop.db."""
    source = {"path": "shop.db", "table": "source", "column": ["*"], **(reader or {})}
    target = {"path": "shop.db", "table": "target", "column": ["*"], **(writer or {})}
    return job(("sqlite", source), ("sqlite", target), setting=setting)


def dirty_lines(sluice):
    files = list(sluice.state.glob("**/dirty.jsonl"))
    assert len(files) == 1, files
    return [json.loads(line) for line in files[0].read_text().splitlines()]


UNLIMITED = {"errorLimit": {"record": ""}}
MANY = """
    CREATE TABLE source (id INTEGER PRIMARY KEY, v INT);
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 8191) INSERT INTO source SELECT i, {} FROM n;
    CREATE TABLE target (id INTEGER PRIMARY KEY, v INT CHECK (v >= 0));
"""


def as_csv(records):
    def field(value):
        return "\\N" if value is None else '"' + value.replace('"', '""') + '"'

    return "".join(",".join(map(field, record)) + "\n" for record in records)


def test_exact_values_from_csv_into_sqlite_and_out_again(sluice, database):
    database.script("CREATE TABLE exact (id BIGINT, big TEXT, amount TEXT, at TIMESTAMP, name TEXT, ratio DOUBLE, flag BOOLEAN)")
    (sluice.directory / "in.csv").write_text(as_csv(EXACT))
    columns = [{"index": i, "name": name, "type": kind} for i, (name, kind) in enumerate(COLUMNS.items())]
    table = {"path": "shop.db", "table": "exact", "column": list(COLUMNS)}
    sluice.run(job(("file", {"path": "in.csv", "fileFormat": "csv", "column": columns}), ("sqlite", table))).ok()

    def stored(record):
        number, big, amount, at, name, ratio, flag = record
        return (int(number), big, amount, at, name, ratio and float(ratio), flag and int(flag == "true"))

    assert database.rows("SELECT * FROM exact ORDER BY rowid") == [stored(record) for record in EXACT]
    (sluice.directory / "out").mkdir()
    sluice.run(job(("sqlite", table), ("file", {"path": "out", "fileName": "back.csv", "fileFormat": "csv",
                                                "singleFileOutput": True, "column": list(COLUMNS)}))).ok()
    back, = (sluice.directory / "out").iterdir()
    with open(back, newline="") as file:
        read = list(csv.reader(file))
    assert read == [["\\N" if value is None else value for value in record] for record in EXACT]


def test_a_copy_is_the_same_table(sluice, database):
    database.script("""
        CREATE TABLE source (id INTEGER PRIMARY KEY, i BIGINT, r REAL, t TEXT, b BLOB, d DATE, at DATETIME, n DECIMAL(20,4), f BOOLEAN, x);
        INSERT INTO source VALUES (1, -9223372036854775808, 5e-324, '', x'', '2024-02-29', '2024-02-29 13:05:07.000001', 12.5, 1, 'any'),
            (2, 9223372036854775807, -0.1, 'a' || char(0) || 'b', x'00FF', '0000-01-01', '9999-12-31 23:59:59.999999', -99999999999.9999, 0, 7),
            (0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), (-5, 0, 1e300, '😀', x'61', '1970-01-01', '1970-01-01 00:00:00', 0, 1, '');
        CREATE TABLE target (id INTEGER PRIMARY KEY, i BIGINT, r REAL, t TEXT, b BLOB, d DATE, at DATETIME, n DECIMAL(20,4), f BOOLEAN, x TEXT);
    """)
    sluice.run(copy()).ok()
    query = "SELECT id, quote(i), quote(r), quote(t), hex(t), quote(b), d, at, quote(n), f, CAST(x AS TEXT) FROM {} ORDER BY id"
    assert database.rows(query.format("target")) == database.rows(query.format("source"))
    assert len(database.rows("SELECT * FROM target")) == 4


@pytest.mark.parametrize("mode, expected, counts", [
    ("insert", [(1, "old"), (2, "old"), (3, "new")], {"written": 1, "dirty": 2, "skipped": 0}),
    ("ignore", [(1, "old"), (2, "old"), (3, "new")], {"written": 1, "dirty": 0, "skipped": 2}),
    ("replace", [(1, "new"), (2, "new"), (3, "new")], {"written": 3, "dirty": 0, "skipped": 0}),
    ("update", [(1, "new"), (2, "new"), (3, "new")], {"written": 3, "dirty": 0, "skipped": 0}),
])
def test_write_modes(sluice, database, mode, expected, counts):
    database.script("""
        CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO source VALUES (1, 'new'), (2, 'new'), (3, 'new');
        CREATE TABLE target (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO target VALUES (1, 'old'), (2, 'old');
    """)
    outcome = sluice.run(copy(writer={"writeMode": mode}, setting=UNLIMITED)).ok()
    assert database.rows("SELECT * FROM target ORDER BY id") == expected
    assert {key: outcome.summary[key] for key in counts} == counts, outcome


def test_one_bad_record_of_8192_is_named(sluice, database):
    database.script(MANY.format("CASE i WHEN 4711 THEN -1 ELSE i END"))
    outcome = sluice.run(copy(setting=UNLIMITED)).ok()
    assert (outcome.summary["written"], outcome.summary["dirty"]) == (8191, 1)
    line, = dirty_lines(sluice)
    assert "4711" in json.dumps(line) and "CHECK constraint failed" in json.dumps(line)
    assert database.rows("SELECT count(*), min(v) FROM target") == [(8191, 0)]


def test_every_second_of_8192_records_is_named(sluice, database):
    database.script(MANY.format("CASE i % 2 WHEN 1 THEN -1 ELSE i END"))
    outcome = sluice.run(copy(setting=UNLIMITED)).ok()
    assert (outcome.summary["written"], outcome.summary["dirty"]) == (4096, 4096)
    assert len(dirty_lines(sluice)) == 4096
    assert database.rows("SELECT count(*), sum(id % 2) FROM target") == [(4096, 0)]


def test_the_error_limit_leaves_nothing_of_its_split(sluice, database):
    database.script(MANY.format("CASE i WHEN 4711 THEN -1 ELSE i END"))
    outcome = sluice.run(copy())
    assert outcome.code == 3, outcome
    assert database.rows("SELECT count(*) FROM target") == [(0,)]


def test_a_deferred_key_in_a_split_that_is_written_in_several_pieces(sluice, database):
    """The host wants verdicts after a quarter of the job's memory; only the last record refers to nothing."""
    database.script("""
        CREATE TABLE source (id INTEGER PRIMARY KEY, parent INT, v TEXT);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
            INSERT INTO source SELECT i, CASE i WHEN 30000 THEN 99999 ELSE i END, printf('%.*c', 300, 'x') FROM n;
        CREATE TABLE target (id INTEGER PRIMARY KEY, parent INT REFERENCES target DEFERRABLE INITIALLY DEFERRED, v TEXT);
    """)
    outcome = sluice.run(copy(writer={"session": "PRAGMA foreign_keys = ON"}, setting={**UNLIMITED, "memory": "16MiB"})).ok()
    assert outcome.summary["splits"] == 1, outcome
    assert (outcome.summary["written"], outcome.summary["dirty"]) == (29_999, 1), outcome
    assert "FOREIGN KEY" in dirty_lines(sluice)[0]["message"]
    assert database.rows("SELECT count(*), min(id), max(id) FROM target") == [(29_999, 1, 29_999)]


def test_a_presql_that_fails_touches_nothing(sluice, database):
    database.script(MANY.format("i") + "INSERT INTO target VALUES (1, 1);")
    outcome = sluice.run(copy(writer={"preSql": ["DELETE FROM @table", "DELETE FROM nowhere"]}))
    assert outcome.code in (1, 2), outcome
    assert "preSql[1]: no such table: nowhere" in outcome.out, outcome
    assert database.rows("SELECT * FROM target") == [(1, 1)]


def test_statements_before_and_after(sluice, database):
    database.script(MANY.format("i") + "INSERT INTO target VALUES (9999, 1); CREATE TABLE log (what TEXT);")
    sluice.run(copy(writer={"preSql": "DELETE FROM @table", "postSql": ["INSERT INTO log SELECT '@table ' || count(*) FROM @table"]})).ok()
    assert database.rows("SELECT what FROM log") == [("@table 8192",)]


@pytest.mark.parametrize("level, delivery, expected", [(None, "auto", 2), ("normal", "auto", 1), ("normal", "exactly-once", 2), ("extra", "auto", 3)])
def test_how_hard_a_commit_is_pressed_onto_the_disk(sluice, database, level, delivery, expected):
    database.script("""
        CREATE TABLE source (id INTEGER PRIMARY KEY); INSERT INTO source VALUES (1); CREATE TABLE target (id INTEGER PRIMARY KEY);
        CREATE TABLE log (level); CREATE TRIGGER seen AFTER INSERT ON target BEGIN INSERT INTO log SELECT synchronous FROM pragma_synchronous; END;
    """)
    sluice.run(copy(writer={"synchronous": level}, setting={"delivery": delivery})).ok()
    assert database.rows("SELECT level FROM log") == [(expected,)]


def test_a_locked_database_is_a_failure_for_now(sluice, database):
    database.script(MANY.format("i") + "PRAGMA journal_mode = wal;")
    holder = database.open()
    holder.execute("BEGIN IMMEDIATE")
    outcome = sluice.run(copy(writer={"busyTimeout": "100ms", "journalMode": "keep"}, setting={"retry": {"times": 0}}))
    assert outcome.code == 75, outcome
    assert "database is locked" in outcome.out and "shop.db" in outcome.out, outcome
    holder.execute("ROLLBACK")
    holder.close()
    sluice.run(copy()).ok()
    assert database.rows("SELECT count(*) FROM target") == [(8192,)]


@pytest.mark.parametrize("mode", ["delete", "keep"])
def test_reading_and_writing_one_file_needs_a_write_ahead_log(sluice, database, mode):
    database.script(MANY.format("i"))
    (sluice.directory / "other.db").symlink_to(database.path)
    outcome = sluice.run(copy(reader={"path": "other.db"}, writer={"journalMode": mode}))
    assert outcome.code == 2, outcome
    assert "journalMode: a job that reads the file that it writes needs a write-ahead log" in outcome.err, outcome
    without_the_first = job(("sqlite", {"path": "shop.db", "table": "source", "column": ["*"]}),
                            ("sqlite", {"path": "shop.db", "table": "target", "column": ["v"], "journalMode": mode}),
                            [("project", {"column": ["v"]})])
    outcome = sluice.run(without_the_first)
    assert outcome.code == 2 and "write-ahead log" in outcome.err, outcome
    sluice.run(copy(reader={"path": "other.db"})).ok()
    assert database.rows("PRAGMA journal_mode") == [("wal",)]
    database.script("DELETE FROM target")
    sluice.run(copy(writer={"journalMode": "keep"})).ok()
    assert database.rows("SELECT count(*) FROM target") == [(8192,)]


def test_many_lanes_read_every_record_once(sluice, database):
    database.script("""
        CREATE TABLE source (id INTEGER PRIMARY KEY, v TEXT);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
            INSERT INTO source SELECT i * i * 7919, printf('value %60d', i) FROM n;
        CREATE TABLE target (id INTEGER PRIMARY KEY, v TEXT);
    """)
    outcome = sluice.run(copy(setting={"speed": {"concurrent": 4}})).ok()
    assert outcome.summary["splits"] > 4, outcome
    assert database.rows("SELECT count(*) FROM (SELECT * FROM source EXCEPT SELECT * FROM target)") == [(0,)]
    assert database.rows("SELECT count(*) FROM target") == [(200000,)]


def test_check_names_every_problem_and_makes_no_file(sluice, database):
    database.script("CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE target (id INTEGER, name TEXT NOT NULL)")
    outcome = sluice.check(copy(reader={"column": ["idd", "name"], "splitPk": "nam"}, writer={"column": ["id", "nme"]}))
    assert outcome.code == 2, outcome
    assert 'no such column in source: "idd" (did you mean "id"?)' in outcome.err + outcome.out, outcome
    outcome = sluice.check(copy(writer={"path": "new.db", "preSql": "CREATE TABLE target (id INTEGER, name TEXT)"}))
    assert outcome.code == 0, outcome
    assert not (sluice.directory / "new.db").exists()
    outcome = sluice.check(copy(reader={"path": "shp.db"}))
    assert 'did you mean "shop.db"?' in outcome.err + outcome.out, outcome
    assert not (sluice.directory / "shp.db").exists()


def test_a_new_file_from_presql(sluice, database):
    database.script(MANY.format("i"))
    sluice.run(copy(writer={"path": "new.db", "preSql": "CREATE TABLE IF NOT EXISTS @table (id INTEGER PRIMARY KEY, v INT)"})).ok()
    connection = sqlite3.connect(sluice.directory / "new.db")
    assert connection.execute("SELECT count(*), sum(v) FROM target").fetchall() == [(8192, 8191 * 8192 // 2)]
    connection.close()
    assert sorted(p.name for p in sluice.directory.glob("new.db*")) == ["new.db"]


def test_exactly_once_leaves_no_mark_behind(sluice, database):
    database.script(MANY.format("i"))
    outcome = sluice.run(copy(setting={"delivery": "exactly-once"})).ok()
    assert outcome.summary["delivery"] == "exactly-once", outcome
    assert database.rows("SELECT name FROM sqlite_schema WHERE name = 'sluice_commit'") == []
