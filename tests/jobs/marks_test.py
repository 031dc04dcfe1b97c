# SPDX-License-Identifier: Apache-2.0
"""The table of marks of exactly-once, where nothing else tells what became of a commit: several jobs share it."""
import json
import os
import pathlib
import subprocess

import pytest

from conftest import job, wait_for
from servers import PROGRAMS, MySQL, Store, connection, mariadb, postgres  # noqa: F401

EXACTLY_ONCE = {"delivery": "exactly-once"}


class MySql:
    step, quote = "mysql", "`"

    def __init__(self, server):
        self.server = server
        server.sql(f"DROP DATABASE IF EXISTS {server.database}; CREATE DATABASE {server.database}", "mysql")

    def grant_all(self):
        self.server.sql(f"CREATE USER plain@'%' IDENTIFIED BY 'x'; GRANT ALL ON {self.server.database}.* TO plain@'%'")

    def grant_little(self):
        self.server.sql(f"CREATE USER plain@'%' IDENTIFIED BY 'x'; GRANT SELECT, INSERT ON {self.server.database}.target TO plain@'%'")

    def grant_marks(self):
        self.server.sql(f"GRANT SELECT, INSERT, DELETE ON {self.server.database}.sluice_commit TO plain@'%'")

    def close(self):
        self.server.sql("DROP USER IF EXISTS plain@'%'")

    def writing(self):
        return self.server.sql("SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_rows_modified > 0") != "0"


class Postgresql:
    """Written to by somebody who may not ask the server about transactions."""

    step, quote = "postgresql", '"'

    def __init__(self, server):
        self.server = server
        server.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public; REVOKE EXECUTE ON FUNCTION pg_xact_status(xid8) FROM PUBLIC; CREATE ROLE plain LOGIN PASSWORD 'x'")

    def grant_all(self):
        self.server.sql("GRANT ALL ON SCHEMA public TO plain; ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO plain")

    def grant_little(self):
        self.server.sql("GRANT USAGE ON SCHEMA public TO plain; GRANT SELECT, INSERT ON target TO plain")

    def grant_marks(self):
        self.server.sql("GRANT SELECT, INSERT, DELETE ON sluice_commit TO plain")

    def close(self):
        self.server.sql("GRANT EXECUTE ON FUNCTION pg_xact_status(xid8) TO PUBLIC; DROP OWNED BY plain; DROP ROLE plain")

    def writing(self):
        return self.server.sql("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'BEGIN; COPY%'") != "0"


@pytest.fixture(params=[MySql] if Store is MySQL else [MySql, Postgresql])
def store(request):
    made = request.param(request.getfixturevalue({MySql: "mariadb", Postgresql: "postgres"}[request.param]))
    yield made
    made.close()


def csv_job(directory, store, table, rows, setting=None, name="in", **writer):
    path = pathlib.Path(directory) / f"{name}.csv"
    path.write_text("".join(f"{i}\n" for i in range(rows)))
    reader = {"path": str(path), "fileFormat": "csv", "column": [{"index": 0, "type": "long", "name": "id"}]}
    writer = connection(store.server, table=table, column=["*"], **{"username": "plain", "password": "x", **writer})
    return job(("file", reader), (store.step, writer), setting={**EXACTLY_ONCE, **(setting or {})})


def test_a_job_that_ends_leaves_the_others_their_table(sluice, store):
    store.grant_all()
    store.server.sql("CREATE TABLE slow (id int); CREATE TABLE quick (id int)")
    speed = {"speed": {"throttle": True, "mbps": 100, "recordsPerSecond": 400}}
    slow = csv_job(sluice.directory, store, "slow", 1200, speed, **({"batchSize": 100} if store.step == "mysql" else {}))
    process = sluice.start("run", sluice.script(slow), "--state-dir", sluice.state)
    try:
        wait_for(store.writing)
        quick = sluice.directory / "quick"
        quick.mkdir()
        script = quick / "job.json"
        script.write_text(sluice.script(csv_job(quick, store, "quick", 10, name="quick")).read_text())
        script.chmod(0o600)
        sluice.run(script).ok()
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0, out + err
    assert store.server.sql("SELECT COUNT(*) FROM slow") == "1200"
    assert store.server.sql("SELECT COUNT(*) FROM sluice_commit") == "0"


def test_two_jobs_that_create_the_table_at_once(sluice, postgres):
    """PostgreSQL's IF NOT EXISTS does not see a table that another transaction is creating: it waits, and fails."""
    store = Postgresql(postgres)
    try:
        store.grant_all()
        postgres.sql("CREATE TABLE target (id int)")
        script = sluice.script(csv_job(sluice.directory, store, "target", 10))
        sluice.run(script).ok()
        postgres.sql("ALTER TABLE sluice_commit RENAME TO former")
        other = subprocess.Popen([PROGRAMS / "psql", "-XqAt"], stdin=subprocess.PIPE, text=True, env=postgres.psql_environment())
        other.stdin.write("BEGIN; CREATE TABLE sluice_commit (LIKE former INCLUDING ALL);\n")
        other.stdin.flush()
        wait_for(lambda: postgres.sql("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'") == "1")
        process = sluice.start("run", script, "--state-dir", sluice.state)
        wait_for(lambda: postgres.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                                      "AND query LIKE 'CREATE TABLE IF NOT EXISTS%'") == "1")
        other.communicate("COMMIT;\n")
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, out + err
        assert postgres.sql("SELECT count(*) FROM target") == "20"
    finally:
        store.close()


def test_a_commit_that_was_taken_for_lost_and_came_through(sluice, store):
    """Its mark stands in the way of the next try's: the records are there, and nothing is written again."""
    store.grant_all()
    store.server.sql("CREATE TABLE target (id int)")
    sluice.run(csv_job(sluice.directory, store, "target", 3), "--run-id", "before").ok()
    journal = (sluice.state / "runs/before/journal.jsonl").read_text().splitlines()
    split = next(json.loads(line)["split"] for line in journal if '"committed"' in line)
    q = store.quote
    came = [f"INSERT INTO sluice_commit (run, split, attempt, {q}read{q}, added, written, skipped, filtered, dirty, bytes) "
            f"VALUES ('r', '{split}', 1, 3, 0, 3, 0, 0, 0, 24)", "INSERT INTO target VALUES (7), (8), (9)"]
    done = sluice.run(csv_job(sluice.directory, store, "target", 3, preSql=["DELETE FROM @table", *came]), "--run-id", "r").ok()
    assert done.summary["written"] == 3, done
    assert store.server.sql("SELECT id FROM target ORDER BY id").split() == ["7", "8", "9"]
    assert store.server.sql("SELECT COUNT(*) FROM sluice_commit") == "0"


def test_to_use_the_table_is_not_to_create_it(sluice, store):
    store.server.sql("CREATE TABLE target (id int)")
    store.grant_little()
    checked = sluice.check(csv_job(sluice.directory, store, "target", 10))
    assert checked.code == 2 and "sluice_commit" in checked.err and "GRANT" in checked.err and "CREATE" in checked.err, checked
    # Made by somebody else.
    counters = ", ".join(f"{store.quote}{name}{store.quote} bigint" for name in ("read", "added", "written", "skipped", "filtered", "dirty", "bytes"))
    store.server.sql(f"CREATE TABLE sluice_commit (run varchar(120), split varchar(600), attempt bigint, {counters}, PRIMARY KEY (run, split))")
    store.grant_marks()
    sluice.run(csv_job(sluice.directory, store, "target", 10)).ok()
    assert store.server.sql("SELECT COUNT(*) FROM target") == "10"
    assert store.server.sql("SELECT COUNT(*) FROM sluice_commit") == "0"


def test_a_split_with_a_long_name(sluice, store):
    store.grant_all()
    store.server.sql("CREATE TABLE target (id int)")
    directory = sluice.directory
    before = os.getcwd()
    try:
        for _ in range(3):
            os.chdir(directory)
            name = os.urandom(125).hex()
            os.mkdir(name)
            directory = directory / name
        sluice.run(csv_job(directory, store, "target", 10)).ok()
    finally:
        os.chdir(before)
    assert store.server.sql("SELECT COUNT(*) FROM target") == "10"


@pytest.mark.parametrize("statement", ["INSERT INTO", "COMMIT"], ids=["before the mark", "between the mark and its commit"])
def test_killed(sluice, store, statement):
    """The server never gets the statement at which the run dies."""
    from mysql_wire import QUERY, MariaWire
    from wire import Wire
    store.grant_all()
    store.server.sql("CREATE TABLE target (id int)")
    query, kind_of_wire = (QUERY, MariaWire) if store.step == "mysql" else (b"Q", Wire)
    process, marks, killed = [], [], []

    def on_message(kind, body):
        if kind != query or killed:
            return None
        is_mark = body.startswith(b"INSERT INTO") and b"sluice_commit" in body
        marks.extend([body] if is_mark else [])
        if is_mark if statement == "INSERT INTO" else marks and body.startswith(b"COMMIT"):
            wait_for(lambda: process)
            process[0].kill()
            killed.append(body)
            return "cut"
        return None

    with kind_of_wire(store.server, on_message) as wire:
        words = ("run", sluice.script(csv_job(sluice.directory, store, "target", 10, **wire.place())), "--run-id", "r", "--state-dir", sluice.state)
        process.append(sluice.start(*words))
        process[0].communicate(timeout=60)
        assert killed and process[0].returncode == -9 and store.server.sql("SELECT COUNT(*) FROM target") == "0"
        again = sluice(*words)
    assert again.code == 0, again
    assert store.server.sql("SELECT COUNT(*), COUNT(DISTINCT id) FROM target").replace("|", "\t") == "10\t10"
    assert store.server.sql("SELECT COUNT(*) FROM sluice_commit") == "0"


def test_a_table_that_was_taken_away_tells_nothing(sluice, mariadb, postgres):
    """Whether a commit arrived is unknown then, not denied."""
    from mysql_wire import QUERY, MariaWire
    store = MySql(mariadb)
    store.server.sql("CREATE TABLE target (id int)")
    lost = []

    def on_message(kind, body):
        if kind == QUERY and body.startswith(b"COMMIT") and not lost:
            lost.append(body)
            return "deliver"
        if kind == QUERY and lost and b"sluice_commit" in body and body.startswith(b"SELECT"):
            mariadb.sql("DROP TABLE IF EXISTS sluice_commit")
        return None

    with MariaWire(mariadb, on_message) as wire:
        login = {key: connection(mariadb)[key] for key in ("username", "password")}
        done = sluice.run(csv_job(sluice.directory, store, "target", 10, {"retry": {"times": 2, "interval": "100ms"}}, **login, **wire.place()))
    assert lost and done.code != 0 and "could not be found out" in done.err + done.out, done
    assert mariadb.sql("SELECT COUNT(*) FROM target") == "10"


def test_statements_of_the_user_are_committed_one_by_one(sluice, mariadb):
    store = MySql(mariadb)
    mariadb.sql("CREATE TABLE target (id int PRIMARY KEY); INSERT INTO target VALUES (1), (700); CREATE TABLE log (t text)")
    login = {key: connection(mariadb)[key] for key in ("username", "password")}
    script = csv_job(sluice.directory, store, "target", 10, **login, session="SET autocommit = 0", preSql="DELETE FROM @table",
                     postSql="INSERT INTO log SELECT COUNT(*) FROM @table", lockTimeout="5s")
    sluice.run(script).ok()
    assert mariadb.sql("SELECT t FROM log") == "10"
