# SPDX-License-Identifier: Apache-2.0
"""Into MariaDB on a real server: from csv, SQLite and PostgreSQL."""
import json
import sqlite3

import pytest

from conftest import job
from mysql_wire import BULK, EXECUTE, PREPARE, QUERY, MariaWire
from postgresql_test import wait_for
from servers import MySQL, Session, Store, connection, mariadb, once, postgres  # noqa: F401

UNLIMITED = {"errorLimit": {"record": ""}}


@pytest.fixture(autouse=True)
def clean(mariadb):
    """Every test has the database to itself, and all ways of writing are open."""
    mariadb.sql(f"DROP DATABASE IF EXISTS {mariadb.database}; CREATE DATABASE {mariadb.database}; SET GLOBAL local_infile = 1", "mysql")
    yield


@pytest.fixture
def source(sluice):
    """source(rows): a table `source` (id, name, price) in SQLite; source(rows, change) changes it afterwards."""
    def make(rows, change=""):
        path = sluice.directory / "source.db"
        path.unlink(missing_ok=True)
        database = sqlite3.connect(path)
        database.executescript(
            "CREATE TABLE source (id INTEGER, name TEXT, price NUMERIC(10,1));"
            f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})"
            "  INSERT INTO source SELECT i, 'n' || i, i / 10.0 FROM n;" + change)
        database.close()
    return make


TARGET = "CREATE TABLE target (id int PRIMARY KEY, name varchar(30), price decimal(10,1));"


@pytest.fixture
def poor(mariadb):
    """Connection fields of a user that may have no temporary tables."""
    mariadb.sql("CREATE USER poor@'%' IDENTIFIED BY 'x'")
    yield {"username": "poor", "password": "x"}
    mariadb.sql("DROP USER poor@'%'")


def into(server, setting=None, wire=None, reader=None, **writer):
    """A job from source.db into the table `target`."""
    source = {"path": "source.db", "table": "source", "column": ["*"], **(reader or {})}
    target = {**connection(server), **(wire.place() if wire else {}), "table": "target", "column": ["*"], **writer}
    return job(("sqlite", source), ("mysql", target), setting=setting)


def counts(done):
    return tuple(done.summary[key] for key in ("written", "skipped", "dirty"))


def dirty_lines(sluice):
    return [json.loads(line) for file in sluice.state.rglob("dirty.jsonl") for line in file.read_text().splitlines()]


# Where LOAD DATA LOCAL may not be used, or does not fit.
OTHERWISE = "INSERT of many rows" if Store is MySQL else "array binding"


@pytest.fixture(params=["LOAD DATA LOCAL", OTHERWISE])
def path(request, mariadb):
    mariadb.sql(f"SET GLOBAL local_infile = {int(request.param.startswith('LOAD'))}")
    return request.param


# ---- Modes ----

def test_insert_reports_conflicts(sluice, mariadb, source, path):
    source(1000)
    mariadb.sql(TARGET + "INSERT INTO target VALUES (500, 'there', 0)")
    done = sluice.run(into(mariadb, UNLIMITED)).ok()
    assert counts(done) == (999, 0, 1) and done.summary["notes"]["write path"] == path
    assert mariadb.sql("SELECT COUNT(*), SUM(price), MAX(IF(id = 500, name, '')) FROM target") == "1000\t50000.0\tthere"
    [line] = dirty_lines(sluice)
    assert line["code"] == "conflict" and "Duplicate entry '500'" in line["message"] and line["sqlstate"] == "23000", line


def test_insert_ignore_skips_conflicts_alone(sluice, mariadb, source, path):
    source(1000, "UPDATE source SET name = name || ' is too long by far for this column' WHERE id IN (7, 400);")
    mariadb.sql("CREATE TABLE target (id int PRIMARY KEY, name varchar(30) CHECK (name <> 'n9'), price decimal(10,1));"
                "INSERT INTO target SELECT seq, 'there', 0 FROM seq_401_to_500")
    done = sluice.run(into(mariadb, UNLIMITED, writeMode="insert ignore")).ok()
    assert counts(done) == (897, 100, 3), dirty_lines(sluice)
    assert mariadb.sql("SELECT COUNT(*), SUM(name = 'there'), SUM(id IN (9, 7)) FROM target") == "997\t100\t0"


def test_insert_ignore_without_anything_bad(sluice, mariadb, source, path):
    source(1000)
    mariadb.sql(TARGET + "INSERT INTO target SELECT seq, 'there', 0 FROM seq_401_to_500")
    done = sluice.run(into(mariadb, writeMode="insert ignore")).ok()
    assert counts(done) == (900, 100, 0)


def test_replace_takes_the_place_of_what_is_there(sluice, mariadb, source, path):
    source(1000, "INSERT INTO source VALUES (7, 'last', 7);")
    mariadb.sql("CREATE TABLE target (id int PRIMARY KEY, name varchar(30), price decimal(10,1), other int DEFAULT 5);"
                "INSERT INTO target SELECT seq, 'there', 0, 9 FROM seq_401_to_500")
    done = sluice.run(into(mariadb, writeMode="replace", column=["id", "name", "price"])).ok()
    assert counts(done) == (1001, 0, 0)
    assert mariadb.sql("SELECT COUNT(*), SUM(name = 'there'), SUM(other = 9), MAX(IF(id = 7, name, '')) FROM target") == \
        "1000\t0\t0\tlast"


@pytest.mark.parametrize("columns", [[], ["name"]])
def test_update_changes_its_columns(sluice, mariadb, source, path, columns):
    source(1000)
    mariadb.sql("CREATE TABLE target (id int PRIMARY KEY, name varchar(30), price decimal(10,1), other int DEFAULT 5);"
                "INSERT INTO target SELECT seq, 'there', 0, 9 FROM seq_401_to_500")
    done = sluice.run(into(mariadb, writeMode="update", updateColumn=columns, column=["id", "name", "price"])).ok()
    assert counts(done) == (1000, 0, 0) and done.summary["notes"]["write path"] == OTHERWISE
    assert mariadb.sql("SELECT COUNT(*), SUM(name = 'there'), SUM(other = 9), SUM(price = 0) FROM target") == \
        f"1000\t0\t100\t{100 if columns else 0}"


@pytest.mark.parametrize("user", ["all", "poor"])
@pytest.mark.parametrize("mode", ["insert", "update"])
def test_nulls_that_are_skipped(sluice, mariadb, source, path, mode, user, poor):
    """`poor`: who may have no temporary tables."""
    source(100, "UPDATE source SET name = NULL, price = NULL WHERE id > 50;")
    mariadb.sql("CREATE TABLE target (id int PRIMARY KEY, name varchar(30) NOT NULL DEFAULT 'it''s new', price decimal(10,1));"
                + ("INSERT INTO target SELECT seq, 'there', 1 FROM seq_91_to_100" if mode == "update" else ""))
    mariadb.sql("GRANT INSERT, SELECT, UPDATE ON sluice.target TO poor@'%'")
    script = into(mariadb, writeMode=mode, nullMode="skipNull", skipNullColumn=["name"], **(poor if user == "poor" else {}))
    done = sluice.run(script).ok()
    assert counts(done) == (100, 0, 0)
    assert mariadb.sql("SELECT SUM(name = 'it''s new'), SUM(name = 'there'), SUM(price IS NULL) FROM target") == \
        ("40\t10\t50" if mode == "update" else "50\t0\t50")


@once
def test_statements_before_and_after(sluice, mariadb, source):
    source(10)
    done = sluice.run(into(mariadb, table="`my target`", preSql=["CREATE TABLE @table (id int, name text, price double)", "CREATE TABLE log (t text)"],
                           postSql=["INSERT INTO log SELECT CONCAT(COUNT(*), ' :x @table') FROM @table"])).ok()
    assert mariadb.sql("SELECT t FROM log") == "10 :x @table", done


# ---- Bad records ----

@pytest.mark.parametrize("bad,check,most", [(0, "id = id", 0), (1, "id <> 5000", 4), (4096, "id % 2 = 0", 10)])
def test_narrowing_takes_few_round_trips(sluice, mariadb, source, path, bad, check, most):
    source(8192)
    mariadb.sql(f"CREATE TABLE target (id int PRIMARY KEY CHECK ({check}), name varchar(30), price decimal(10,1))")
    with MariaWire(mariadb) as wire:
        done = sluice.run(into(mariadb, UNLIMITED, wire)).ok()
        commands = [(kind, body) for kind, body in wire.messages if kind in (QUERY, EXECUTE, PREPARE, BULK)]
    assert counts(done) == (8192 - bad, 0, bad) and mariadb.sql("SELECT COUNT(*) FROM target") == str(8192 - bad)
    if path.startswith("LOAD"):
        first = next(i for i, (kind, body) in enumerate(commands) if b"LOAD DATA" in body)
    else:
        first = next(i for i, (kind, body) in enumerate(commands) if kind == BULK or kind == QUERY and body.startswith(b"INSERT INTO `sluice`.`target`"))
    last = next(i for i, (kind, body) in enumerate(commands) if body.startswith(b"COMMIT"))
    more = commands[first + 1:last]
    # A statement that asks for data takes another round trip, for the verdict on it.
    trips = len(more) + sum(b"LOAD DATA" in body or b"CREATE TEMPORARY" in body and path.startswith("LOAD") for _, body in more)
    assert trips <= most, more


SILENT = {
    "a text cut": ("varchar(3) CHARACTER SET latin1", ["abc", "abcd"], 1),
    "a letter that latin1 has not": ("varchar(30) CHARACTER SET latin1", ["é", "✓"], 1),
    "a letter that utf8mb3 has not": ("varchar(30) CHARACTER SET utf8mb3", ["✓", "😀"], 1),
    "a number out of range": ("mediumint", [8388607, 8388608], 1),
    "a negative number": ("int unsigned", [0, -1], 1),
    "a year": ("year", [1999, 99], 1),
    "a time that the column rounds": ("datetime(3)", ["2024-01-01 00:00:00.123", "2024-01-01 00:00:00.1234"], 1),
    "an instant before 1970": ("timestamp NULL", ["1970-01-01 00:00:01", "1969-12-31 23:59:59"], 1),
    "no date": ("date", ["2024-02-29", "2023-02-29"], 1),
    "not a member": ("enum('x','y')", ["x", "X"], 1),
    "blanks at the end": ("char(5)", ["a", "a "], 1),
    "no json": ("json", ["{}", "{"], 1),
    "NULL in NOT NULL": ("int NOT NULL", [1, None], 1),
}


@pytest.mark.parametrize("mode", [""] if Store is MySQL else ["NO_ENGINE_SUBSTITUTION", ""])
@pytest.mark.parametrize("kind", SILENT)
def test_silent_conversions_are_caught(sluice, mariadb, path, kind, mode):
    """Whatever the server's own sql_mode."""
    type_, values, bad = SILENT[kind]
    mariadb.sql(f"CREATE TABLE target (id int PRIMARY KEY, v {type_}); SET GLOBAL sql_mode = '{mode}'")
    fields = ["\\N" if value is None else f'"{value}"' for value in values]
    (sluice.directory / "in.csv").write_text("".join(f"{i},{field}\n" for i, field in enumerate(fields)), encoding="utf-8")
    reader = {"path": "in.csv", "fileFormat": "csv", "column": [{"index": 0, "type": "long", "name": "id"}, {"index": 1, "type": "string", "name": "v"}]}
    try:
        setting = {**UNLIMITED, "common": {"column": {"timeZone": "UTC"}}}
        done = sluice.run(job(("file", reader), ("mysql", connection(mariadb, table="target", column=["*"])), setting=setting)).ok()
    finally:
        mariadb.sql("SET GLOBAL sql_mode = DEFAULT")
    assert counts(done) == (len(values) - bad, 0, bad), dirty_lines(sluice)
    assert mariadb.sql("SELECT id FROM target") == "0"


def test_bad_records_of_every_kind(sluice, mariadb, source, path):
    source(3000, "UPDATE source SET id = 30 WHERE id = 31; UPDATE source SET name = NULL WHERE id = 20; UPDATE source SET name = 'x' WHERE id = 11;"
                 "UPDATE source SET name = 'n1' WHERE id = 2999;")
    mariadb.sql("CREATE TABLE known (name varchar(30) PRIMARY KEY); INSERT INTO known SELECT CONCAT('n', seq) FROM seq_1_to_3000;"
                "CREATE TABLE target (id int PRIMARY KEY CHECK (id <> 7), name varchar(30) NOT NULL REFERENCES known (name), price decimal(10,1), UNIQUE (name))")
    done = sluice.run(into(mariadb, UNLIMITED)).ok()
    lines = dirty_lines(sluice)
    assert done.summary["dirty"] == 5, lines
    assert sorted(line["code"] for line in lines) == ["check", "conflict", "conflict", "foreign-key", "null"], lines
    assert done.summary["written"] == int(mariadb.sql("SELECT COUNT(*) FROM target")) == 2995


def test_a_record_may_refer_to_a_later_one(sluice, mariadb, source, path):
    source(1000, "ALTER TABLE source ADD parent INT; UPDATE source SET parent = id + 1 WHERE id < 1000; UPDATE source SET parent = 77777 WHERE id = 500;")
    mariadb.sql("CREATE TABLE target (id int PRIMARY KEY, parent int REFERENCES target (id))")
    done = sluice.run(into(mariadb, UNLIMITED, reader={"column": ["id", "parent"]})).ok()
    # The one that is wrong, and those that lead to it.
    assert done.summary["dirty"] == 500, done


def test_without_temporary_tables_each_record_is_tried(sluice, mariadb, source, path):
    source(2000)
    mariadb.sql("CREATE TABLE target (id int PRIMARY KEY CHECK (id NOT IN (3, 1777)), name varchar(30), price decimal(10,1));"
                "CREATE USER poor@'%' IDENTIFIED BY 'x'; GRANT INSERT, SELECT ON sluice.target TO poor@'%'")
    try:
        done = sluice.run(into(mariadb, UNLIMITED, username="poor", password="x")).ok()
        assert counts(done) == (1998, 0, 2)
    finally:
        mariadb.sql("DROP USER poor@'%'")


def test_an_engine_without_transactions_gets_good_records_alone(sluice, mariadb, source):
    source(1000)
    mariadb.sql("CREATE TABLE target (id int PRIMARY KEY CHECK (id <> 500), name varchar(30), price decimal(10,1)) ENGINE=MyISAM")
    done = sluice.run(into(mariadb, UNLIMITED)).ok()
    assert counts(done) == (999, 0, 1) and mariadb.sql("SELECT COUNT(*) FROM target") == "999"
    checked = sluice.check(into(mariadb, {"delivery": "exactly-once"}))
    assert "knows no transactions: MyISAM" in checked.err + checked.out and checked.code != 0, checked


@once
def test_exactly_once_is_promised_on_the_table_that_presql_makes(sluice, mariadb, source):
    source(1000)
    columns = "(id int PRIMARY KEY, name varchar(30), price decimal(10,1))"
    for engine, code in ("MyISAM", 1), ("InnoDB", 0):
        done = sluice.run(into(mariadb, {"delivery": "exactly-once"}, preSql=f"CREATE TABLE @table {columns} ENGINE={engine}"))
        assert done.code == code, done
        assert mariadb.sql("SELECT COUNT(*) FROM target") == ("0" if code else "1000")
        assert not code or "knows no transactions" in done.summary["error"]["message"], done
        mariadb.sql("DROP TABLE target")


# ---- Names and ids ----

def test_names_that_need_quotes(sluice, mariadb, source, path):
    source(100)
    name = "`select ``from`` Ünï`"
    mariadb.sql(f"CREATE DATABASE `My Database`; CREATE TABLE `My Database`.{name} (`Order` int PRIMARY KEY, `a``b` varchar(30), `naïve col` double)")
    try:
        for mode in ("insert", "replace", "update", "insert ignore"):
            sluice.run(into(mariadb, table=f"`My Database`.{name}", column=["Order", "`a``b`", "naïve col"], preSql="DELETE FROM @table", writeMode=mode)).ok()
            assert mariadb.sql(f"SELECT COUNT(*), MAX(`Order`), MAX(`a``b`) FROM `My Database`.{name}") == "100\t100\tn99"
    finally:
        mariadb.sql("DROP DATABASE `My Database`")


@pytest.mark.parametrize("encoding", ["utf8mb4", "latin1"])
def test_ids_are_kept(sluice, mariadb, source, path, encoding):
    source(100, "INSERT INTO source VALUES (0, 'zero', 0), (-5, 'minus', 0);")
    mariadb.sql(f"CREATE TABLE target (id int AUTO_INCREMENT PRIMARY KEY, name varchar(30) CHARACTER SET {encoding},"
                " twice varchar(60) AS (CONCAT(name, name)) STORED, price decimal(10,1), virtual_one decimal(12,1) AS (price + 1) VIRTUAL)")
    sluice.run(into(mariadb)).ok()
    assert mariadb.sql("SELECT COUNT(*), MIN(id), SUM(id = 0 AND name = 'zero'), MAX(twice) FROM target") == "102\t-5\t1\tzerozero"
    assert mariadb.sql("INSERT INTO target (name) VALUES ('next'); SELECT LAST_INSERT_ID()") == "101"


def test_instants_are_written_whatever_the_zone(sluice, mariadb, postgres, path):
    postgres.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE source (id int, at timestamptz, wall timestamp);"
                 "INSERT INTO source VALUES (1, '2024-10-27 00:30:00Z', '2024-03-31 02:30:00'), (2, '2024-10-27 01:30:00.123456Z', NULL)")
    mariadb.sql("CREATE TABLE target (id int, at timestamp(6) NULL, wall datetime)")
    script = job(("postgresql", connection(postgres, table="source", column=["*"])),
                 ("mysql", connection(mariadb, table="target", column=["*"], session=["SET time_zone = '+05:00'"])))
    sluice.run(script).ok()
    assert mariadb.sql("SELECT id, UNIX_TIMESTAMP(at), wall FROM target ORDER BY id") == \
        "1\t1729989000.000000\t2024-03-31 02:30:00\n2\t1729992600.123456\tNULL"


# ---- Contents ----

def test_contents_of_postgresql_arrive_over_several_lanes(sluice, mariadb, postgres, path):
    postgres.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE source (id bigint PRIMARY KEY, big numeric(40,10), price numeric(12,2), ratio float8,"
                 " name text, day date, at timestamp, data bytea);"
                 "INSERT INTO source SELECT i * 7, i * 1e20::numeric / 3, i / 100.0, sqrt(i), CASE WHEN i % 17 = 0 THEN NULL ELSE E'it''s \\t\\\\ \"' || i || E'\\n😀' END,"
                 " date '2020-01-01' + i % 1000, timestamp '2020-01-01' + i * interval '1.000001 minute', decode(md5(i::text), 'hex') || '\\x00095c0a'::bytea"
                 " FROM generate_series(1, 40000) i")
    mariadb.sql("CREATE TABLE target (id bigint PRIMARY KEY, big decimal(40,10), price decimal(12,2), ratio double, name text, day date, at datetime(6), data blob)")
    script = job(("postgresql", connection(postgres, table="source", column=["*"])),
                 ("mysql", connection(mariadb, table="target", column=["*"], batchSize=5000)), setting={"speed": {"concurrent": 2}})
    done = sluice.run(script).ok()
    assert done.summary["splits"] > 2, done
    there = postgres.sql(f"SELECT encode(sha256(convert_to(string_agg(concat_ws('|', id, big, price, round(ratio::numeric, 6), name, day,"
                         " to_char(at, 'YYYY-MM-DD HH24:MI:SS.US'), encode(data, 'hex')), ';' ORDER BY id), 'UTF8')), 'hex') FROM source")
    mariadb.sql("SET GLOBAL group_concat_max_len = 100000000")
    here = mariadb.sql("SELECT SHA2(GROUP_CONCAT(CONCAT_WS('|', id, big, price, ROUND(CAST(ratio AS DECIMAL(40,20)), 6), name, day, at, LOWER(HEX(data))) ORDER BY id SEPARATOR ';'), 256) FROM target")
    assert here == there


def test_every_byte_arrives(sluice, mariadb, path):
    """All 256 bytes in blobs, and texts that look like escapes."""
    database = sqlite3.connect(sluice.directory / "source.db")
    database.execute("CREATE TABLE source (id INTEGER, name TEXT, price BLOB)")
    texts = ["", "\\N", "\\", "\t", "\n", "a\\\tb\r\n", "NULL", "'", "\x00", "\x1a", "\"", "%_", "😀é"]
    blobs = [bytes(range(256)), b"", b"\\N", bytes(reversed(range(256))) * 300]
    rows = [(i, texts[i % len(texts)], blobs[i % len(blobs)]) for i in range(200)]
    database.executemany("INSERT INTO source VALUES (?, ?, ?)", rows)
    database.commit()
    mariadb.sql("CREATE TABLE target (id int PRIMARY KEY, name text, price longblob)")
    sluice.run(into(mariadb)).ok()
    got = mariadb.sql("SELECT CONCAT_WS(' ', id, HEX(name), HEX(price)) FROM target ORDER BY id")
    assert got == "\n".join(f"{i} {text.encode().hex().upper()} {blob.hex().upper()}" for i, text, blob in rows)


@once
def test_one_column_of_empty_texts(sluice, mariadb, source, path):
    source(10, "UPDATE source SET name = '' WHERE id < 5; UPDATE source SET name = NULL WHERE id = 5;")
    mariadb.sql("CREATE TABLE target (name varchar(30))")
    sluice.run(into(mariadb, reader={"column": ["name"]})).ok()
    assert mariadb.sql("SELECT COUNT(*), SUM(name = ''), SUM(name IS NULL) FROM target") == "10\t4\t1"


# ---- Bad input ----

def problems(sluice, script, *words, code=2):
    """`check` names all of that, and `run` ends with the code."""
    checked = sluice.check(script)
    assert checked.code != 0, checked
    for word in words:
        assert word in checked.err + checked.out, checked
    done = sluice.run(script)
    assert done.code == code, done
    assert "sluice's" not in checked.err + checked.out + done.err + done.out, "the password"


@once
def test_what_is_missing_is_listed(sluice, mariadb, source):
    source(1)
    mariadb.sql("CREATE TABLE target (id int, name varchar(30), price double, twice int AS (id * 2) VIRTUAL, must int NOT NULL)")
    names = {"reader": {"column": ["id", "name"]}}
    problems(sluice, into(mariadb, table="targte"), "no such table", 'did you mean "target"')
    problems(sluice, into(mariadb, **names, column=["id", "nme"]), '"nme"', 'did you mean "name"')
    problems(sluice, into(mariadb, **names, column=["id", "twice"]), "computed column", "twice")
    problems(sluice, into(mariadb, **names, column=["id", "name"]), "NOT NULL", "must")
    problems(sluice, into(mariadb, **names, column=["id", "must"], writeMode="update", updateColumn=["idd"]), "idd")
    problems(sluice, into(mariadb, writeMode="upsert"), "writeMode", "insert ignore")


@once
def test_instants_need_a_zone_to_become_times(sluice, mariadb, postgres):
    postgres.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE source (id int, at timestamptz)")
    mariadb.sql("CREATE TABLE target (id int, at datetime)")
    problems(sluice, job(("postgresql", connection(postgres, table="source", column=["*"])),
                         ("mysql", connection(mariadb, table="target", column=["*"]))), "timeZone")


def test_privileges_and_read_only_targets(sluice, mariadb, source):
    source(1)
    mariadb.sql(TARGET + "CREATE USER low@'%' IDENTIFIED BY 'x'; GRANT SELECT ON sluice.target TO low@'%'")
    low = {"username": "low", "password": "x"}
    try:
        problems(sluice, into(mariadb, **low), "may not INSERT", "GRANT INSERT")
        mariadb.sql("GRANT INSERT ON sluice.target TO low@'%'")
        problems(sluice, into(mariadb, **low, writeMode="update"), "may not UPDATE")
        problems(sluice, into(mariadb, **low, writeMode="replace"), "may not DELETE")
        problems(sluice, into(mariadb, {"delivery": "exactly-once"}, **low), "sluice_commit", "CREATE")
        mariadb.sql("SET GLOBAL read_only = 1")
        problems(sluice, into(mariadb, **low), "read-only")
    finally:
        mariadb.sql("SET GLOBAL read_only = 0; DROP USER low@'%'")


@pytest.mark.parametrize("asked", [b"sluice_commit", b"INSERT INTO `sluice`.`target`"])
def test_a_connection_lost_while_rights_are_asked_for_is_no_missing_right(sluice, mariadb, source, asked):
    source(1)
    mariadb.sql(TARGET)
    with MariaWire(mariadb, lambda kind, body: "cut" if kind == PREPARE and asked in body else None) as wire:
        done = sluice.run(into(mariadb, {"delivery": "exactly-once", "retry": {"times": 0}}, wire))
    assert done.code == 75 and "GRANT" not in done.err + done.out and "cannot be written" not in done.err + done.out, done


@once
def test_check_prints_the_table_of_marks(sluice, mariadb, source):
    source(1)
    mariadb.sql(TARGET)
    checked = sluice.check(into(mariadb, {"delivery": "exactly-once"}))
    assert checked.code == 0 and "CREATE TABLE IF NOT EXISTS `sluice`.`sluice_commit`" in checked.out + checked.err, checked
    planned = sluice("plan", sluice.script(into(mariadb)))
    assert "LOAD DATA LOCAL INFILE" in planned.out, planned


# ---- What breaks on the way ----

def test_a_lock_is_waited_for_but_not_for_ever(sluice, mariadb, source):
    source(10)
    mariadb.sql(TARGET + "INSERT INTO target VALUES (5, 'held', 0)")
    with Session(mariadb, "BEGIN; SELECT * FROM target WHERE id = 5 FOR UPDATE"):
        done = sluice.run(into(mariadb, {"retry": {"times": 0}}, writeMode="replace", lockTimeout="1s"))
    assert done.code == 75 and "Lock wait timeout" in done.err + done.out, done


def test_a_deadlock_is_tried_again(sluice, mariadb, source):
    """Two transactions that want each other's rows: the server ends ours, which is the cheaper one."""
    source(2, "DELETE FROM source; INSERT INTO source VALUES (1, 'a', 1), (2, 'b', 2);")
    mariadb.sql("CREATE TABLE target (id int PRIMARY KEY, name varchar(30), price decimal(10,1)); CREATE TABLE heavy (id int);"
                "CREATE TABLE many (id int); INSERT INTO many SELECT seq FROM seq_1_to_5000;"
                "INSERT INTO target VALUES (1, 'x', 0), (2, 'x', 0)")
    with Session(mariadb, "SET innodb_lock_wait_timeout = 30; BEGIN; INSERT INTO heavy SELECT id FROM many; SELECT * FROM target WHERE id = 2 FOR UPDATE") as other:
        process = sluice.start("run", sluice.script(into(mariadb, {"retry": {"times": 5, "interval": "100ms"}}, writeMode="update", batchSize=1)),
                               "--state-dir", sluice.state)
        waits = "SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'"
        wait_for(lambda: mariadb.sql(waits) != "0")
        other.process.stdin.write("SELECT * FROM target WHERE id = 1 FOR UPDATE; SELECT 'both'; ROLLBACK;\n")
        other.process.stdin.flush()
        out, err = process.communicate(timeout=120)
    assert process.returncode == 0, out + err
    assert "eadlock" in out + err, "it never happened"
    assert mariadb.sql("SELECT GROUP_CONCAT(name ORDER BY id) FROM target") == "a,b"


def big_source(postgres, rows):
    postgres.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE source (id bigint PRIMARY KEY, name text);"
                 f"INSERT INTO source SELECT i * 7, 'order ' || i FROM generate_series(1, {rows}) i")


def from_postgres(postgres, mariadb, setting, wire=None, **writer):
    return job(("postgresql", connection(postgres, table="source", column=["*"])),
               ("mysql", {**connection(mariadb), **(wire.place() if wire else {}), "table": "target", "column": ["*"], **writer}), setting=setting)


def same(postgres, mariadb):
    """No key keeps a record from being there twice: the counts tell."""
    sums = "COUNT(*), COUNT(DISTINCT id), SUM(id), SUM(LENGTH(name)) FROM"
    return mariadb.sql(f"SELECT {sums} target") == postgres.sql(f"SELECT {sums} source")


@pytest.mark.parametrize("fate", ["cut", "deliver"])
@pytest.mark.parametrize("marked", [True, False])
def test_a_lost_answer_to_a_commit(sluice, mariadb, postgres, fate, marked):
    """With marks every record is there once, whether the COMMIT arrived or not; without, nobody guesses."""
    big_source(postgres, 50_000)
    mariadb.sql("CREATE TABLE target (id bigint, name varchar(30))")
    lost = []

    def on_message(kind, body):
        if kind == QUERY and body.startswith(b"COMMIT") and not lost:
            lost.append(body)
            return fate
        return None

    with MariaWire(mariadb, on_message) as wire:
        setting = {"speed": {"concurrent": 2}, "retry": {"times": 2, "interval": "100ms"}, **({"delivery": "exactly-once"} if marked else {})}
        done = sluice.run(from_postgres(postgres, mariadb, setting, wire))
    assert lost
    if marked:
        done.ok()
        assert same(postgres, mariadb)
        assert mariadb.sql("SELECT COUNT(*) FROM sluice_commit") == "0"
    else:
        assert done.code != 0 and "could not be found out" in done.err + done.out, done


@once
def test_a_server_killed_in_mid_write_and_resumed(sluice, mariadb, postgres):
    """The run ends with 75 and goes on where it was: the target holds exactly the source's records."""
    big_source(postgres, 300_000)
    # A commit outlives the server's process.
    with Store(innodb_flush_log_at_trx_commit="2") as other:
        other.sql("CREATE TABLE target (id bigint, name varchar(30))")
        setting = {"speed": {"concurrent": 2, "throttle": True, "mbps": 3}, "retry": {"times": 0}, "delivery": "exactly-once"}
        script = from_postgres(postgres, other, setting)
        process = sluice.start("run", sluice.script(script), "--state-dir", sluice.state, "--run-id", "killed")
        wait_for(lambda: other.sql("SELECT COUNT(*) FROM target") != "0")
        other.stop_hard()
        out, err = process.communicate(timeout=120)
        assert process.returncode == 75, out + err
        assert "sluice's" not in out + err
        other.restart()
        assert 0 < int(other.sql("SELECT COUNT(*) FROM target")) < 300_000
        done = sluice("run", sluice.script(script), "--state-dir", sluice.state, "--run-id", "killed")
        assert done.code == 0, done
        assert same(postgres, other)
