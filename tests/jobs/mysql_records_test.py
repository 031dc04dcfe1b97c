# SPDX-License-Identifier: Apache-2.0
"""Into MariaDB: what warnings, packets and a second try do to the records of a piece."""
import hashlib
import sqlite3

import pytest

from conftest import job
from mysql_write_test import TARGET, UNLIMITED, clean, counts, dirty_lines, into, path, poor, source  # noqa: F401
from mysql_wire import QUERY, MariaWire
from servers import connection, mariadb, once, postgres  # noqa: F401


@once
@pytest.mark.parametrize("mode", ["insert", "replace", "update", "insert ignore"])
@pytest.mark.parametrize("key", ["", "PRIMARY KEY"])
def test_a_warning_is_no_reason_to_write_twice(sluice, mariadb, source, path, mode, key):
    """The check warns of every text, and is content with it."""
    source(1000)
    mariadb.sql(f"CREATE TABLE target (id int {key}, name varchar(30) CHECK (JSON_VALID(name) IN (0, 1)), price decimal(10,1))")
    done = sluice.run(into(mariadb, UNLIMITED, writeMode=mode)).ok()
    assert counts(done) == (1000, 0, 0), dirty_lines(sluice)
    assert mariadb.sql("SELECT COUNT(*), COUNT(DISTINCT id) FROM target") == "1000\t1000"


def test_conflicts_inside_of_a_trigger_are_not_the_records(sluice, mariadb, source, path):
    source(1000)
    mariadb.sql(TARGET + "CREATE TABLE seen (what int PRIMARY KEY); INSERT INTO target SELECT seq, 'there', 0 FROM seq_401_to_500;"
                "CREATE TRIGGER notes AFTER INSERT ON target FOR EACH ROW INSERT IGNORE INTO seen VALUES (1)")
    done = sluice.run(into(mariadb, writeMode="insert ignore")).ok()
    assert counts(done) == (900, 100, 0)
    assert mariadb.sql("SELECT COUNT(*) FROM target") == "1000"


def test_a_record_that_waits_for_its_parent_may_be_there_by_then(sluice, mariadb, path):
    (sluice.directory / "in.csv").write_text("1,3\n1,\\N\n3,\\N\n4,77\n")
    mariadb.sql("CREATE TABLE target (id int PRIMARY KEY, parent int REFERENCES target (id))")
    columns = [{"index": 0, "type": "long", "name": "id"}, {"index": 1, "type": "long", "name": "parent"}]
    reader = {"path": "in.csv", "fileFormat": "csv", "column": columns}
    script = job(("file", reader), ("mysql", connection(mariadb, table="target", column=["*"], writeMode="insert ignore")), setting=UNLIMITED)
    done = sluice.run(script).ok()
    assert counts(done) == (2, 1, 1), dirty_lines(sluice)
    assert mariadb.sql("SELECT id, parent FROM target ORDER BY id") == "1\tNULL\n3\tNULL"


def test_halves_of_a_piece_fit_a_packet(sluice, mariadb, path):
    """Without the right to temporary tables, and with a record that no statement can hold."""
    rows = [(i, chr(97 + i % 26) * (100_000 if i != 40 else 1_100_000)) for i in range(64)]
    (sluice.directory / "in.csv").write_text("".join(f"{i},{text}\n" for i, text in rows))
    mariadb.sql("CREATE TABLE target (id int PRIMARY KEY CHECK (id <> 17), v longtext);"
                "CREATE USER poor@'%' IDENTIFIED BY 'x'; GRANT INSERT, SELECT ON sluice.target TO poor@'%'; SET GLOBAL max_allowed_packet = 1048576")
    columns = [{"index": 0, "type": "long", "name": "id"}, {"index": 1, "type": "string", "name": "v"}]
    reader = {"path": "in.csv", "fileFormat": "csv", "column": columns}
    writer = connection(mariadb, table="target", column=["*"], batchByteSize="32MB", **{"username": "poor", "password": "x"})
    try:
        done = sluice.run(job(("file", reader), ("mysql", writer), setting={**UNLIMITED, "retry": {"times": 0}})).ok()
    finally:
        mariadb.sql("SET GLOBAL max_allowed_packet = 67108864; DROP USER poor@'%'")
    assert counts(done) == (62, 0, 2), dirty_lines(sluice)
    assert sorted(line["code"] for line in dirty_lines(sluice)) == ["check", "too-long"]
    assert mariadb.sql("SELECT COUNT(*), SUM(LENGTH(v)) FROM target") == "62\t6200000"


@pytest.mark.parametrize("mode", ["insert", "update", "replace"])
def test_one_by_one_takes_few_round_trips(sluice, mariadb, source, path, poor, mode):
    """Cut texts are taken back, and none of them stands in the way of a good record."""
    source(8192, "UPDATE source SET name = 'this name is too long for it' WHERE id % 2 = 0; UPDATE source SET id = 5 WHERE id = 7; UPDATE source SET id = 9 WHERE id = 8;"
                 "UPDATE source SET name = 'this name' WHERE id = 8191; UPDATE source SET price = -1 WHERE id % 8000 = 1;")
    mariadb.sql("CREATE TABLE target (id int PRIMARY KEY, name varchar(9), price decimal(10,1) CHECK (price > 0), KEY (name));"
                "GRANT INSERT, SELECT, UPDATE, DELETE ON sluice.target TO poor@'%'")
    with MariaWire(mariadb) as wire:
        done = sluice.run(into(mariadb, UNLIMITED, wire, writeMode=mode, **poor)).ok()
        statements = [body for kind, body in wire.messages if kind == QUERY]
    codes = sorted(line["code"] for line in dirty_lines(sluice))
    conflicts = 1 if mode == "insert" else 0  # two records of one key make one row either way
    assert (codes.count("check"), codes.count("conflict"), codes.count("too-long")) == (2, conflicts, 4096), set(codes)
    assert len(codes) == 4098 + conflicts
    assert mariadb.sql("SELECT COUNT(*), SUM(name = 'this name'), SUM(id = 9) FROM target") == f"{8192 - 4099}\t1\t1"
    trips = statements[next(i for i, sql in enumerate(statements) if sql.startswith(b"SAVEPOINT sluice_trial") or b"; SAVEPOINT sluice_trial" in sql):]
    assert len(trips) <= 10, str([sql[50:110] for sql in trips])


def test_one_by_one_a_trigger_may_warn(sluice, mariadb, source, path, poor):
    source(1000, "UPDATE source SET price = -1 WHERE id = 500;")
    mariadb.sql("CREATE TABLE target (id int PRIMARY KEY, name varchar(30), price decimal(10,1) CHECK (price > 0)); GRANT INSERT, SELECT ON sluice.target TO poor@'%';"
                "CREATE TRIGGER notes AFTER INSERT ON target FOR EACH ROW SIGNAL SQLSTATE '01000' SET MESSAGE_TEXT = 'noted'")
    done = sluice.run(into(mariadb, UNLIMITED, **poor)).ok()
    assert counts(done) == (999, 0, 1), dirty_lines(sluice)[:3]


def test_one_by_one_a_record_may_refer_to_a_later_one(sluice, mariadb, source, path, poor):
    source(1000, "ALTER TABLE source ADD parent INT; UPDATE source SET parent = id + 1 WHERE id < 1000; UPDATE source SET parent = 77777 WHERE id = 500;")
    mariadb.sql("CREATE TABLE target (id int PRIMARY KEY, parent int REFERENCES target (id)); GRANT INSERT, SELECT, REFERENCES ON sluice.target TO poor@'%'")
    done = sluice.run(into(mariadb, UNLIMITED, reader={"column": ["id", "parent"]}, **poor)).ok()
    assert counts(done) == (500, 0, 500)


def test_long_texts_arrive_whole(sluice, mariadb, path):
    """A line of LOAD DATA goes in pieces; what has to be escaped stands at every place of them."""
    database = sqlite3.connect(sluice.directory / "source.db")
    database.execute("CREATE TABLE source (id INTEGER, name TEXT, data BLOB)")
    long = "\t\\\n'é😀" * 30_000
    rows = [(i, long[i:] if i % 3 else "short", long[:65_530 + i].encode()) for i in range(12)]
    database.executemany("INSERT INTO source VALUES (?, ?, ?)", rows)
    database.commit()
    mariadb.sql("CREATE TABLE target (id int PRIMARY KEY, name longtext, data longblob)")
    sluice.run(into(mariadb)).ok()
    got = mariadb.sql("SELECT id, SHA2(name, 256), SHA2(data, 256) FROM target ORDER BY id")
    hashes = [tuple(hashlib.sha256(part).hexdigest() for part in (name.encode(), data)) for _, name, data in rows]
    assert got == "\n".join(f"{i}\t{name}\t{data}" for i, (name, data) in enumerate(hashes))
