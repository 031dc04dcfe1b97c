# SPDX-License-Identifier: Apache-2.0
"""What goes wrong at a server behind ODBC: the message says what and where, the exit code whether a later try may help,
and nothing is half there."""
import pytest

from conftest import job, wait_for
from odbc_stores import Maria, Pg, copy, every_server, leaks, store, through_odbc  # noqa: F401
from servers import MariaDB, Postgres, Session, mariadb, postgres  # noqa: F401

ONCE = {"retry": {"times": 0}}
NUMBERS = {"PostgreSQL": "generate_series(1, {}) seq", "MariaDB": "seq_1_to_{}"}


def tables(store, rows):
    store.sql("CREATE TABLE source (id int PRIMARY KEY, v text); CREATE TABLE target (id int PRIMARY KEY, v text);"
              f"INSERT INTO source SELECT seq, '{'x' * 100}' FROM " + NUMBERS[store.name].format(rows))


def untouched(done, store, *words, code):
    assert done.code == code, done
    told = done.out + done.err
    for word in (*words, f"{store.server.host}:{store.server.port}"):
        assert word in told, (word, told)
    assert store.server.password not in told
    assert store.sql("SELECT count(*) FROM target WHERE id <> 5") == "0"


@every_server
def test_a_target_that_may_only_be_read(sluice, store):
    tables(store, 1000)
    session = "SET default_transaction_read_only = on" if isinstance(store, Pg) else "SET SESSION TRANSACTION READ ONLY"
    untouched(sluice.run(copy(store, writer={"session": session}, setting=ONCE)), store, "25006", code=1)


@every_server
def test_too_few_connections(sluice, store):
    tables(store, 1000)
    if isinstance(store, Pg):
        store.sql("CREATE ROLE low LOGIN PASSWORD 'x' CONNECTION LIMIT 1; GRANT ALL ON target TO low; GRANT USAGE ON SCHEMA public TO low")
    else:
        store.sql("CREATE USER low@'%' IDENTIFIED BY 'x' WITH MAX_USER_CONNECTIONS 1; GRANT ALL ON target TO low@'%'")
    try:
        done = sluice.run(copy(store, writer={"username": "low", "password": "x"}, setting={**ONCE, "speed": {"concurrent": 2}}))
        untouched(done, store, "connections", 'as "low"', code=75)
    finally:
        store.sql("DROP OWNED BY low; DROP ROLE low" if isinstance(store, Pg) else "DROP USER low@'%'")


@every_server
def test_a_lock_that_is_held_too_long(sluice, store):
    tables(store, 1000)
    store.sql("INSERT INTO target VALUES (5, 'held')")
    if isinstance(store, Pg):
        lock, session, word = "LOCK TABLE target", "SET lock_timeout = '200ms'", "55P03"
    else:
        lock, session, word = "SELECT * FROM target FOR UPDATE", "SET innodb_lock_wait_timeout = 1", "1205"
    with Session(store.server, f"BEGIN; {lock}"):
        done = sluice.run(copy(store, writer={"session": session}, setting=ONCE))
    untouched(done, store, word, code=75)


@pytest.mark.parametrize("kind", [Postgres, MariaDB])
def test_a_server_that_dies_while_it_is_read(through_odbc, kind):
    sluice = through_odbc
    with kind() as server:
        store = (Pg if kind is Postgres else Maria)(server)
        tables(store, 100_000)
        target = sluice.directory / "out"
        target.mkdir()
        reader = ("odbc", store.at(table="source", column=["*"], splitPk="id", splitFactor=20))
        script = sluice.script(job(reader, ("file", {"path": "out", "fileName": "rows"}),
                                   setting={**ONCE, "speed": {"throttle": True, "mbps": 1, "concurrent": 2}}))
        process = sluice.start("run", script, "--state-dir", sluice.state)
        wait_for(lambda: process.poll() is not None or any(file.is_file() and file.stat().st_size > 0 for file in target.rglob("*")))
        assert process.poll() is None, process.communicate()
        server.stop_hard()
        out, err = process.communicate(timeout=120)
        assert process.returncode == 75 and f":{server.port}" in out + err, out + err
        assert not list(target.glob("rows*")), list(target.rglob("*"))
