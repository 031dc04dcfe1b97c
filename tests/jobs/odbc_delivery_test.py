# SPDX-License-Identifier: Apache-2.0
"""What an ODBC writer has written: verified, and added to by a replay."""
import json
import sqlite3

from conftest import job
from odbc_stores import Pg, every_store, leaks, store  # noqa: F401
from servers import mariadb, postgres  # noqa: F401
from verify_test import DAMAGE, MANY, RECORDS, found, verifier  # noqa: F401

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
def test_refused_records_arrive_once_the_table_is_mended(sluice, store):
    store.sql(CHECKED)
    script = from_sqlite(sluice, store, PEOPLE, {"errorLimit": {"record": 100}}, preSql="DELETE FROM @table")
    run = sluice.run(script).ok().summary
    assert run["dirty"] == 10 and store.sql("SELECT count(*) FROM target") == "90"
    store.sql(MEND[store.name])
    replayed = sluice("replay", run["run"], "--state-dir", sluice.state)
    assert replayed.code == 0, replayed
    assert store.sql("SELECT count(*), count(DISTINCT id), min(id) FROM target") == "100\t100\t-93", "preSql is not repeated"
    assert "already done" in sluice("replay", run["run"], "--state-dir", sluice.state).out
    assert sluice("verify", "job.json", "--key", "id", "--state-dir", sluice.state).code == 0
