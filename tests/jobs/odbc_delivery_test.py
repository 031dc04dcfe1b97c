# SPDX-License-Identifier: Apache-2.0
"""What an ODBC writer promises: verified, replayed, and there exactly once when marks are asked for."""
import json
import sqlite3

import pytest

from conftest import job
from mysql_wire import QUERY, MariaWire
from odbc_stores import Lite, Maria, Pg, copy, every_server, every_store, leaks, store  # noqa: F401
from servers import mariadb, postgres, through_odbc  # noqa: F401
from verify_test import DAMAGE, MANY, RECORDS, found, verifier  # noqa: F401
from wire import Wire

EXACTLY = {"delivery": "exactly-once"}
LANES = {"speed": {"concurrent": 2}}
TARGET = {"PostgreSQL": "CREATE TABLE target (id bigint PRIMARY KEY, name text, price numeric(10,2), at timestamp, note bytea)",
          "MariaDB": "CREATE TABLE target (id bigint PRIMARY KEY, name text, price decimal(10,2), at datetime(6), note longblob)",
          "SQLite": "CREATE TABLE target (id INTEGER PRIMARY KEY, name TEXT, price DECIMAL(10,2), at TIMESTAMP, note BLOB)"}


def from_sqlite(sluice, store, script, setting=None, **writer):
    """A job from the table `source` of a file, which the script fills, to the table `target`."""
    with sqlite3.connect(sluice.directory / "source.db", isolation_level=None) as database:
        database.executescript(script)
    database.close()
    return job(("sqlite", {"path": "source.db", "table": "source", "column": ["*"]}),
               ("odbc", store.at(**{"table": "target", "column": ["*"], **writer})), setting=setting)


def marks_in(store):
    """Runs that have marks; nothing when there is no table of them. It stays: other jobs may need it."""
    tables = {Pg: "SELECT tablename FROM pg_tables", Maria: "SELECT TABLE_NAME FROM information_schema.TABLES",
              Lite: "SELECT name FROM sqlite_schema"}[type(store)]
    return store.sql("SELECT run FROM sluice_commit").split() if "sluice_commit" in store.sql(tables).split() else None


# ---- Read again ----

@every_store
def test_verify_names_exactly_the_records_that_differ(verifier, store):
    store.sql(TARGET[store.name])
    script = from_sqlite(verifier.sluice, store, MANY.format(records=RECORDS), LANES)
    verifier.sluice.run(script).ok()
    verdict = verifier.equal(script)
    assert verdict["key"] == ["id"] and verdict["source"]["compared"] == verdict["target"]["compared"] == RECORDS
    assert "sluice's" not in json.dumps(verdict), "the password"
    for name in ("flip", "two columns", "delete", "add"):
        store.sql(DAMAGE[name][0].replace("x'00'", "'\\x00'" if isinstance(store, Pg) else "x'00'"))
    assert found(verifier.differs(script)) == {("different", ("17",), ("name",)), ("different", ("20",), ("price", "note")),
                                               ("missing", ("400",), ()), ("extra", ("9999",), ())}


@every_store
def test_a_run_is_verified_at_its_end(sluice, store):
    q = store.quote
    store.sql(f"CREATE TABLE {q}my target{q} (id int PRIMARY KEY, {q}Order By{q} varchar(20))")
    script = from_sqlite(sluice, store, "CREATE TABLE source (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO source VALUES (1, 'ä'), (2, NULL)",
                         table=f"{q}my target{q}", column=["id", f"{q}Order By{q}"])
    outcome = sluice.run(script, "--verify").ok()
    assert outcome.summary["verification"]["verdict"] == "equal", outcome


MEND = {"PostgreSQL": "ALTER TABLE target DROP CONSTRAINT positive", "MariaDB": "ALTER TABLE target DROP CONSTRAINT positive",
        "SQLite": "ALTER TABLE target RENAME TO old; CREATE TABLE target (id int, name varchar(20)); INSERT INTO target SELECT * FROM old; DROP TABLE old"}
PEOPLE = """CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
            INSERT INTO source SELECT iif(i % 10 = 3, -i, i), 'n' || i FROM n"""
CHECKED = "CREATE TABLE target (id int, name varchar(20), CONSTRAINT positive CHECK (id > 0))"


@every_store
@pytest.mark.parametrize("point", [None, "after-journal-prepared", "before-journal-committing", "after-journal-committing"])
def test_refused_records_arrive_once_the_table_is_mended(sluice, store, point):
    """Also when the replay dies on its way: no key keeps its records from being doubled."""
    store.sql(CHECKED)
    script = from_sqlite(sluice, store, PEOPLE, {**EXACTLY, "errorLimit": {"record": 100}}, preSql="DELETE FROM @table")
    run = sluice.run(script).ok().summary
    assert run["dirty"] == 10 and store.sql("SELECT count(*) FROM target") == "90"
    store.sql(MEND[store.name])
    if point is not None:
        crashed = sluice("replay", run["run"], "--state-dir", sluice.state, environment={"SLUICE_CRASH_POINT": point})
        assert crashed.code == -9, crashed
    replayed = sluice("replay", run["run"], "--state-dir", sluice.state)
    assert replayed.code == 0, replayed
    assert store.sql("SELECT count(*), count(DISTINCT id), min(id) FROM target") == "100\t100\t-93", "preSql is not repeated"
    assert "already done" in sluice("replay", run["run"], "--state-dir", sluice.state).out
    assert sluice("verify", "job.json", "--key", "id", "--state-dir", sluice.state).code == 0
    assert marks_in(store) == []


# ---- Marks ----

@every_store
def test_marks_are_shown_and_taken_away(sluice, store):
    store.sql("CREATE TABLE source (id int PRIMARY KEY); INSERT INTO source VALUES (1), (2); CREATE TABLE target (id int)")
    q = store.quote
    checked = sluice.check(copy(store, setting=EXACTLY))
    assert checked.code == 0 and f"CREATE TABLE IF NOT EXISTS {q}sluice_commit{q}" in checked.out + checked.err, checked
    assert marks_in(store) is None, "check changes nothing"
    for _ in range(2):
        outcome = sluice.run(copy(store, setting=EXACTLY)).ok()
        assert outcome.summary["delivery"] == "exactly-once" and marks_in(store) == [], outcome
    outcome = sluice.run(copy(store)).ok()
    assert outcome.summary["delivery"] == "at-least-once", outcome
    planned = sluice("plan", "job.json")
    assert "exactly-once keeps marks in a table sluice_commit" in planned.out and "CREATE TABLE IF NOT EXISTS" in planned.out, planned


@every_store
def test_marks_of_others_stay(sluice, store):
    store.sql("CREATE TABLE source (id int); INSERT INTO source VALUES (1); CREATE TABLE sluice_commit (run varchar(50) NOT NULL, split varchar(50) NOT NULL,"
              " attempt bigint, \"read\" bigint, added bigint, written bigint, skipped bigint, filtered bigint, dirty bigint, bytes bigint,"
              " PRIMARY KEY (run, split)); INSERT INTO sluice_commit (run, split) VALUES ('other', '0.0')".replace('"', store.quote))
    outcome = sluice.run(copy(store, None, {"preSql": "CREATE TABLE @table (id int)"}, EXACTLY)).ok()
    assert outcome.summary["delivery"] == "exactly-once", outcome
    assert store.sql("SELECT run, split FROM sluice_commit") == "other\t0.0"


@every_server
def test_a_commit_that_was_taken_for_lost_and_came_through(sluice, store):
    """Its mark stands in the way of the next try's: the records are there, and nothing is written again."""
    q = store.quote
    store.sql("CREATE TABLE source (id int); INSERT INTO source VALUES (1), (2); CREATE TABLE target (id int)")
    came = [f"INSERT INTO sluice_commit (run, split, attempt, {q}read{q}, added, written, skipped, filtered, dirty, bytes) "
            "VALUES ('r', '0.0', 1, 2, 0, 2, 0, 0, 0, 8)", "INSERT INTO target VALUES (8), (9)"]
    sluice.run(copy(store, setting=EXACTLY)).ok()  # there are marks now
    done = sluice.run(copy(store, None, {"preSql": ["DELETE FROM @table", *came]}, EXACTLY), "--run-id", "r").ok()
    assert done.summary["written"] == 2, done
    assert store.sql("SELECT id FROM target ORDER BY id").split() == ["8", "9"] and marks_in(store) == []


BIG = """CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) INSERT INTO source SELECT i, 'order ' || i FROM n"""
ALL_ONCE = "60000\t60000\t1800030000"
CONTENT = "SELECT count(*), count(DISTINCT id), sum(id) FROM target"


@every_server
@pytest.mark.parametrize("fate", ["cut", "deliver"])
@pytest.mark.parametrize("marked", [True, False])
def test_a_lost_answer_to_a_commit(sluice, store, fate, marked):
    """With marks every record is there once, whether the COMMIT arrived or not; without, nobody guesses."""
    store.sql("CREATE TABLE target (id bigint, name varchar(30))")
    lost = []
    is_maria = isinstance(store, Maria)

    def on_message(kind, body):
        if kind == (QUERY if is_maria else b"Q") and body.startswith(b"COMMIT") and not lost:
            lost.append(body)
            return fate
        return None

    with (MariaWire if is_maria else Wire)(store.server, on_message) as wire:
        setting = {**LANES, "retry": {"times": 2, "interval": "100ms"}, **(EXACTLY if marked else {})}
        done = sluice.run(from_sqlite(sluice, store, BIG, setting, **store.at(port=wire.port, extra="" if is_maria else "SSLmode=disable")))
    assert lost
    if marked:
        done.ok()
        assert store.sql(CONTENT) == ALL_ONCE and marks_in(store) == []
    else:
        assert done.code != 0 and "could not be found out" in done.err + done.out, done


@every_server
def test_a_job_that_ends_takes_no_marks_from_one_that_goes_on(sluice, store):
    """The first commit of the slow one comes after the end of others."""
    store.sql("CREATE TABLE target (id bigint, name varchar(30)); CREATE TABLE source (id int); INSERT INTO source VALUES (1); CREATE TABLE other (id int)")
    slow = sluice.script(from_sqlite(sluice, store, BIG, {**EXACTLY, "speed": {"throttle": True, "recordsPerSecond": 20_000}}))
    process = sluice.start("run", slow.rename(sluice.directory / "slow.json"), "--state-dir", sluice.state)
    others = 0
    while process.poll() is None:
        sluice.run(copy(store, None, {"table": "other"}, EXACTLY)).ok()
        others += 1
    out, err = process.communicate()
    assert process.returncode == 0 and others > 3, out + err
    assert store.sql(CONTENT) == ALL_ONCE and store.sql("SELECT count(*) FROM other") == str(others)
    assert marks_in(store) == []


def test_an_engine_without_transactions_promises_nothing(sluice, mariadb):
    store = Maria(mariadb)
    store.sql("CREATE TABLE source (id int); INSERT INTO source VALUES (1); CREATE TABLE target (id int) ENGINE=MyISAM")
    checked = sluice.check(copy(store, setting=EXACTLY))
    assert checked.code == 2 and "cannot promise exactly-once here: the table's engine knows no transactions: MyISAM" in checked.err, checked
    assert "the table's engine knows no transactions: MyISAM" in sluice.run(copy(store)).ok().out
    outcome = sluice.run(copy(store, None, {"table": "later", "preSql": "CREATE TABLE @table (id int) ENGINE=MyISAM"}, EXACTLY))
    assert outcome.code == 1 and "cannot promise exactly-once on the target that preSql made" in outcome.err + outcome.out, outcome
    assert store.sql("SELECT count(*) FROM later") == "0"


@every_server
def test_rights_to_the_table_of_marks_are_tested(sluice, store):
    store.sql("CREATE TABLE source (id int); INSERT INTO source VALUES (1); CREATE TABLE target (id int)")
    low = {"username": "low", "password": "x"}
    if isinstance(store, Pg):
        make = "CREATE ROLE low LOGIN PASSWORD 'x'; REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO low;"
        drop, grant, to = "DROP OWNED BY low; DROP ROLE low", "GRANT SELECT, INSERT ON target TO low", "low"
    else:
        make, drop, to = "CREATE USER low@'%' IDENTIFIED BY 'x';", "DROP USER low@'%'", "low@'%'"
        grant = "GRANT SELECT, INSERT ON sluice.target TO low@'%'"
    store.sql(make + grant)
    try:
        checked = sluice.check(copy(store, None, low, EXACTLY))
        assert checked.code == 2 and "exactly-once needs the table of marks" in checked.err and "denied" in checked.err, checked
        ddl = next(line for line in checked.err.splitlines() if "CREATE TABLE IF NOT EXISTS" in line)
        ddl = ddl[ddl.index("CREATE TABLE"):].split(";")[0]
        place = "" if isinstance(store, Pg) else "sluice."
        store.sql(f"{ddl}; GRANT SELECT, INSERT, DELETE ON {place}sluice_commit TO {to}")
        sluice.run(copy(store, None, low, EXACTLY)).ok()
        assert store.sql("SELECT count(*) FROM target") == "1"
        assert marks_in(store) == []
    finally:
        store.sql(drop)
