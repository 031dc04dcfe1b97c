# SPDX-License-Identifier: Apache-2.0
"""`sluice plan`: what it shows is what a run does, and it changes nothing."""
import hashlib
import json
import pathlib
import re
import sqlite3
from collections import Counter

import pytest

from conftest import job
from servers import MariaDB, Postgres, connection, odbc, through_odbc  # noqa: F401


@pytest.fixture(scope="module")
def logging_postgres():
    with Postgres(log_statement="all") as server:
        yield server


def tree(directory):
    """Every file below it with its contents and its time."""
    return {str(path): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "")
            for path in sorted(directory.rglob("*"))}


def plan(sluice, script):
    done = sluice("plan", sluice.script(script), "--json")
    assert done.code == 0, done
    return json.loads(done.out)


def database(path, rows=60_000):
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, name VARCHAR(40), price DECIMAL(12,2), note TEXT)")
        made.executemany("INSERT INTO orders VALUES (?, ?, ?, ?)",
                         ((i * 3, f"order {i}", f"{i}.50", "x" * 100) for i in range(rows)))
    made.close()


def sqlite_job(sluice, setting=None, **writer):
    reader = {"path": str(sluice.directory / "source.db"), "table": "orders", "column": ["id", "name", "price"], "where": "id > 30"}
    return job(("sqlite", reader), ("sqlite", {"path": str(sluice.directory / "target.db"), "table": "copy",
                                               "column": ["id", "name", "price"], **writer}), setting=setting)


def target(path, columns="id INTEGER NOT NULL, name VARCHAR(10), price DECIMAL(10,2)"):
    with sqlite3.connect(path) as made:
        made.execute(f"CREATE TABLE copy ({columns})")
    made.close()


# ---- PostgreSQL: the server's log is the witness ----

def statements(server, from_byte):
    """What the server was asked to execute since then."""
    text = server.log.read_bytes()[from_byte:].decode()
    return [" ".join(found.split()) for found in
            re.findall(r"LOG:  (?:statement|execute [^:]*): (.*?)(?=\n\d{4}-\d\d-\d\d |\Z)", text, re.S)]


CHANGES = re.compile(r"^(INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|TRUNCATE|GRANT|REVOKE|COMMIT|COPY .* FROM STDIN)", re.I)


def one_line(texts):
    return sorted(" ".join(text.split()) for text in texts)


@pytest.mark.parametrize("key", ["PRIMARY KEY", ""])
def test_the_statements_are_those_of_the_servers_log(sluice, logging_postgres, key):
    server = logging_postgres
    server.sql(f"""DROP SCHEMA public CASCADE; CREATE SCHEMA public;
        CREATE TABLE orders (id bigint {key}, name text, price numeric(12,2));
        INSERT INTO orders SELECT i * 7, repeat('o', 100) || i, i / 100.0 FROM generate_series(1, 60000) i; ANALYZE orders;
        CREATE TABLE copy (id bigint PRIMARY KEY, name text, price numeric(12,2)); CREATE TABLE log (t text)""")
    script = job(("postgresql", connection(server, table="orders", column=["id", "upper(name)", "price"], where="id > 70 OR name = 'x'")),
                 ("postgresql", connection(server, table="copy", column=["*"], writeMode="upsert",
                                           preSql=["DELETE FROM @table", "INSERT INTO log VALUES ('before')"],
                                           postSql=["INSERT INTO log SELECT count(*) FROM @table"])),
                 setting={"speed": {"concurrent": 2}})

    before = server.sql("SELECT count(*) FROM log"), len(server.log.read_bytes())
    planned = plan(sluice, script)
    assert [s for s in statements(server, before[1]) if CHANGES.match(s)] == []
    assert server.sql("SELECT count(*) FROM log") == before[0]

    begin = len(server.log.read_bytes())
    done = sluice.run(script).ok()
    logged = statements(server, begin)
    reading = [s for s in logged if s.startswith("COPY (SELECT")]
    assert one_line(reading) == one_line(text for split in planned["splits"] for text in split["statements"])
    assert len(reading) == done.summary["splits"] == len(planned["splits"]) > 2
    for text in planned["prepare"] + planned["write"] + planned["complete"]:
        assert any(" ".join(text.split()) in s for s in logged), text  # BEGIN may stand before it
    assert [text.split()[0] for text in planned["prepare"]] == ["DELETE", "INSERT"]
    assert {split["stable"] for split in planned["splits"]} == {bool(key)}
    assert 0.8 < planned["records"] / done.summary["read"] < 1.25
    assert planned["consistent"] == done.summary["consistent"] == "yes"
    assert planned["delivery"] == done.summary["delivery"]
    assert planned["lanes"] == done.summary["lanes"]


@pytest.mark.parametrize("key", ["PRIMARY KEY", ""])
def test_the_last_splits_of_a_large_table_are_small(sluice, logging_postgres, key):
    """One lane had a whole split to do while the other had nothing any more."""
    logging_postgres.sql(f"""DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE orders (id bigint {key}, name text);
        INSERT INTO orders SELECT i, repeat('o', 150) FROM generate_series(1, 350000) i; VACUUM ANALYZE orders""")
    script = job(("postgresql", connection(logging_postgres, table="orders", column=["*"])), ("stream", {}),
                 setting={"speed": {"concurrent": 2}})
    records = [split["records"] for split in plan(sluice, script)["splits"]]
    assert 0.8 < sum(records) / 350_000 < 1.25, records
    assert [round(4 * one / records[0]) for one in records[-5:]] == [4, 2, 2, 1, 1], records
    script["setting"]["speed"]["concurrent"] = 1
    assert len({round(split["records"] / 1000) for split in plan(sluice, script)["splits"]}) == 1


# ---- MySQL, and through ODBC: what their servers' logs say ----

@pytest.fixture(scope="module")
def logging_mariadb():
    with MariaDB(general_log="1", general_log_file="general.log") as server:
        server.general_log = server.data / "general.log"
        yield server


def queries(server, from_byte):
    """What a MariaDB was asked to execute since then."""
    text = server.general_log.read_bytes()[from_byte:].decode()
    entry = r"^(?:\d{6} [ \d]\d:\d\d:\d\d)?\t+ *\d+ (?:Query|Execute)\t(.*?)(?=^(?:\d{6} [ \d]\d:|\t+ *\d+ \w)|\Z)"
    return [" ".join(found.split()) for found in re.findall(entry, text, re.S | re.M)]


class Log:
    """A server, its log, and a table of it that the job reads into another one."""

    def __init__(self, server, path, parse, numbers):
        self.server, self.path, self.parse, self.numbers = server, path, parse, numbers

    def size(self):
        return len(self.path.read_bytes())

    def since(self, byte):
        return self.parse(self.server, byte)

    def at(self, kind, **more):
        return kind, (odbc if kind == "odbc" else connection)(self.server, **more)


@pytest.fixture
def log(request):
    if request.param == "PostgreSQL":
        server = request.getfixturevalue("logging_postgres")
        server.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        return Log(server, server.log, statements, "generate_series(1, 60000) AS n(seq)")
    server = request.getfixturevalue("logging_mariadb")
    server.sql(f"DROP DATABASE {server.database}; CREATE DATABASE {server.database} CHARACTER SET utf8mb4", "mysql")
    return Log(server, server.general_log, queries, "seq_1_to_60000")


@pytest.mark.parametrize("log, kind", [("MariaDB", "mysql"), ("MariaDB", "odbc"), ("PostgreSQL", "odbc")], indirect=["log"])
@pytest.mark.parametrize("key", ["PRIMARY KEY", ""], ids=["key", "no-key"])
def test_the_statements_are_those_of_other_servers_logs(through_odbc, log, kind, key):
    sluice = through_odbc
    server = log.server
    server.sql(f"""CREATE TABLE orders (id bigint {key}, name text, price decimal(12,2));
        INSERT INTO orders SELECT seq * 7, concat(repeat('o', 100), seq), seq / 100.0 FROM {log.numbers};
        CREATE TABLE copy (id bigint PRIMARY KEY, name text, price decimal(12,2)); CREATE TABLE log (t text)""")
    server.sql("ANALYZE orders" if log.parse is statements else "ANALYZE TABLE orders")
    script = job(log.at(kind, table="orders", column=["id", "upper(name)", "price"], where="id > 70 OR name = 'x'"),
                 log.at(kind, table="copy", column=["*"], preSql=["DELETE FROM @table", "INSERT INTO log VALUES ('before')"],
                        postSql=["INSERT INTO log SELECT count(*) FROM @table"]),
                 setting={"speed": {"concurrent": 2}})
    begin = log.size()
    planned = plan(sluice, script)
    asked = log.since(begin)
    assert [s for s in asked if CHANGES.match(s)] == []
    assert server.sql("SELECT count(*) FROM log") == "0"

    begin = log.size()
    done = sluice.run(script).ok()
    logged = log.since(begin)
    # Nothing but what reads records asks for this column; to find out its type, plan does the same.
    reads = Counter(s for s in logged if "upper(name)" in s) - Counter(s for s in asked if "upper(name)" in s)
    assert sorted(reads.elements()) == one_line(text for split in planned["splits"] for text in split["statements"])
    assert sum(reads.values()) == done.summary["splits"] == len(planned["splits"])
    assert len(planned["splits"]) > 2 or not key
    for text in planned["prepare"] + planned["complete"]:
        assert any(" ".join(text.split()) in s for s in logged), text
    for text in planned["write"]:  # places of values are a driver's own
        assert any(" ".join(text.split("VALUES")[0].split()) in s for s in logged), text
    assert [text.split()[0] for text in planned["prepare"]] == ["DELETE", "INSERT"]
    assert {split["stable"] for split in planned["splits"]} == {True}
    if kind == "odbc" and not key:
        assert planned["records"] is None  # of a table that it does not split ODBC says nothing
    else:
        assert 0.5 < planned["records"] / done.summary["read"] < 2
    assert planned["delivery"] == done.summary["delivery"] and planned["lanes"] == done.summary["lanes"]
    assert server.sql("SELECT count(*) FROM copy") == "59990"


# ---- SQLite ----

def test_the_statements_are_those_that_sqlite_executes(sluice):
    database(sluice.directory / "source.db")
    target(sluice.directory / "target.db", "id INTEGER PRIMARY KEY, name TEXT, price DECIMAL(12,2)")
    script = sqlite_job(sluice, {"speed": {"concurrent": 2}}, preSql=["DELETE FROM @table"], postSql=["ANALYZE"])
    before = tree(sluice.directory)
    planned = plan(sluice, script)
    after = tree(sluice.directory)
    del after[str(sluice.directory / "job.json")]
    assert after == before, "plan has changed something"

    done = sluice.run(script, "--log-level", "debug").ok()
    executed = re.findall(r"reads: (.*)", done.err)
    # A run asks for a record in one call of a function; what is in its brackets are the columns.
    executed = [re.sub(r"^SELECT sluice_row\((.*?)\) FROM", r"SELECT \1 FROM", text) for text in executed]
    assert sorted(executed) == one_line(text for split in planned["splits"] for text in split["statements"])
    assert len(executed) == done.summary["splits"] > 1
    assert planned["prepare"] == ['DELETE FROM "copy"'] and planned["complete"] == ["ANALYZE"]
    assert planned["writer_tasks"] == 1
    assert 0.5 < planned["records"] / done.summary["read"] < 2


def test_columns_say_what_may_not_fit(sluice):
    database(sluice.directory / "source.db", rows=10)
    target(sluice.directory / "target.db")
    script = sqlite_job(sluice)
    columns = {column["source"]["name"]: column for column in plan(sluice, script)["columns"]}
    assert columns["id"]["exact"]
    assert columns["price"]["target"]["native"].upper() == "DECIMAL(10,2)"
    text = sluice("plan", sluice.script(script)).out
    for heading in "Columns", "Read, split by split", "Write, for each split":
        assert f"\n{heading}\n" in text, text
    assert 'SELECT "id", "name", "price" FROM "orders" WHERE' in text
    assert not (sluice.state / "runs").exists()


def test_a_target_that_presql_will_create(sluice):
    database(sluice.directory / "source.db", rows=10)
    sqlite3.connect(sluice.directory / "target.db").close()
    script = sqlite_job(sluice, preSql=["CREATE TABLE copy (id INTEGER, name TEXT, price TEXT)"])
    planned = plan(sluice, script)
    assert planned["target_missing"] and planned["columns"] == []
    assert "the target is not there yet" in sluice("plan", sluice.script(script)).out


def test_marks_are_planned_but_not_made(sluice):
    database(sluice.directory / "source.db", rows=10)
    target(sluice.directory / "target.db")
    assert "CREATE TABLE" in plan(sluice, sqlite_job(sluice))["marks_ddl"]
    before = tree(sluice.directory)
    exact = plan(sluice, sqlite_job(sluice, {"delivery": "exactly-once"}))
    assert any("sluice_commit" in text for text in exact["prepare"]) and exact["delivery"] == "exactly-once"
    after = tree(sluice.directory)
    del before[str(sluice.directory / "job.json")], after[str(sluice.directory / "job.json")]
    assert after == before


# ---- files, lanes, limits ----

def test_lengths_lanes_throttle_and_memory(sluice, logging_postgres):
    server = logging_postgres
    server.sql("""DROP SCHEMA public CASCADE; CREATE SCHEMA public;
        CREATE TABLE wide (id int NOT NULL, name varchar(200), at timestamp); CREATE TABLE narrow (id smallint NOT NULL, name varchar(50), at date);
        INSERT INTO wide SELECT i, 'n', now() FROM generate_series(1, 100) i""")
    script = job(("postgresql", connection(server, table="wide", column=["*"])),
                 ("postgresql", connection(server, table="narrow", column=["id", "name", "at"])),
                 setting={"speed": {"concurrent": 8, "throttle": True, "mbps": 1, "recordsPerSecond": 50}, "memory": "64MiB",
                          "errorLimit": {"record": 3, "percentage": 0.125}})
    planned = plan(sluice, script)
    risks = {c["source"]["name"]: [risk["code"] for risk in c["risks"]] for c in planned["columns"]}
    assert risks == {"id": ["range"], "name": ["too-long"], "at": ["inexact"]}
    assert [c["source"]["length"] for c in planned["columns"] if c["shortened"]] == [200]
    assert (planned["lanes"], planned["lanes_asked"], planned["lanes_reason"]) == (1, 8, "the plan has 1 split")
    assert planned["expected_memory_bytes"] <= planned["memory_limit_bytes"] == 64 << 20
    text = sluice("plan", sluice.script(script)).out
    for line in ("lanes       1 of 8 asked: the plan has 1 split", "throttle    1.00 MB/s, 50 records/s: ",
                 "error limit more than 3 dirty records end the run; no more than 12.50 % of what is read",
                 "  name: up to 200, and name takes 50", "checked: the value is outside the range"):
        assert line in text, text
    assert re.search(r"note +write path: COPY", text), text


def test_files_are_not_touched(sluice):
    (sluice.directory / "in.csv").write_text("id,name\n" + "".join(f"{i},name {i}\n" for i in range(100)))
    (sluice.directory / "out").mkdir()
    (sluice.directory / "out/old.csv").write_text("old")
    script = job(("file", {"path": str(sluice.directory / "in.csv"), "skipHeader": True,
                           "column": [{"index": 0, "type": "long"}, {"index": 1, "type": "string"}]}),
                 ("file", {"path": str(sluice.directory / "out"), "fileName": "old.csv", "writeSingleObject": True}))
    before = tree(sluice.directory / "out"), tree(pathlib.Path(sluice.directory / "in.csv"))
    planned = plan(sluice, script)
    assert any("replace" in text and "old.csv" in text for text in planned["complete"]), planned
    assert "in.csv" in planned["splits"][0]["label"]
    assert (tree(sluice.directory / "out"), tree(pathlib.Path(sluice.directory / "in.csv"))) == before


# ---- what is wrong ----

def test_problems_end_as_check_does(sluice):
    database(sluice.directory / "source.db", rows=10)
    script = sqlite_job(sluice)
    planned, checked = sluice("plan", sluice.script(script)), sluice.check(script)
    assert (planned.code, planned.err, planned.out) == (checked.code, checked.err, "")
    assert planned.code == 2
    answer = sluice("plan", sluice.script(script), "--json")
    assert answer.code == 2 and json.loads(answer.out)["errors"] == 1
